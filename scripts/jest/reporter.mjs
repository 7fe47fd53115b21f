/** Prints the closing line that `npm test` adds up. A test file that could not be loaded counts as one failure. */
export default class {
  /**
   * @param {unknown} _contexts
   * @param {{ numPassedTests: number; numFailedTests: number; numRuntimeErrorTestSuites: number }} results
   */
  onRunComplete(_contexts, results) {
    const failed = results.numFailedTests + results.numRuntimeErrorTestSuites;
    // On exit, since jest's own summary comes after every other reporter.
    process.once('exit', () => process.stderr.write(`${results.numPassedTests} passed, ${failed} failed\n`));
  }
}
