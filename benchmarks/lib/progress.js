/**
 * Says on stderr what is going on: in a terminal in one line that is written over, elsewhere with a line for each thing.
 *
 * @param {string} title
 */
export function progress(title) {
  const { stderr } = process;
  return {
    /** @param {string} what */
    show(what) {
      stderr.write(stderr.isTTY ? `\r\x1b[K${title}: ${what}` : `${title}: ${what}\n`);
    },
    end() {
      if (stderr.isTTY) stderr.write('\r\x1b[K');
    },
  };
}
