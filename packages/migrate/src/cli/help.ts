/** What `--help` says, and the command alone. */
export const HELP = `microdot-migrate takes a Microdot 1.x application to Microdot 2.x.

  microdot-migrate py2 [paths...]            Python 1.x becomes Python 2.x, where it is
  microdot-migrate ts [paths...] --out DIR   Python becomes a TypeScript project in DIR
  microdot-migrate js [paths...]             JavaScript and TypeScript with 1.x names get those of 2.x
  microdot-migrate guide [section]           what changed in 2.x, and what it leaves to you

Paths are files and folders; the folder you are in by default. What .gitignore names is left alone.

  -n, --dry-run        report only, and write nothing
      --diff           a patch on standard output, and nothing written
      --check          write nothing; exit with 1 if something would change
      --stdin          one source from standard input, its migration on standard output;
                       a path says what it is called; the report goes to standard error
      --rule NAME      only this rule; may be given more than once
      --disable NAME   all rules but this one; may be given more than once
      --ignore GLOB    leave out what matches, as in .gitignore; may be given more than once
  -o, --out DIR        where ts writes to; it must be new or empty
      --report FORMAT  text or json
      --strict         exit with 1 if anything is left to do by hand
  -f, --force          write although git has changes that are not committed
  -h, --help
  -v, --version

Exit codes: 0 done, or nothing to do; 1 something would change, or is left to do under --strict;
2 the command line, or changes that are not committed; 3 a file failed, and the others are done.

Start with: microdot-migrate py2 --dry-run
`;
