@rem `npm start` is `exec node ...`, so that Ctrl-C reaches Node and no shell between. This is that `exec` for cmd.
@%*
