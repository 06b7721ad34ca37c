#!/usr/bin/env node
import { run } from './run.ts';

process.stdout.on('error', endWithoutOutput);

// Not process.exit: what is still in the pipe must get out.
run(process.argv.slice(2), process).then(
  (status) => {
    process.exitCode = status;
  },
  (error: unknown) => {
    if (isWriteError(error)) endWithoutOutput(error);
    const reason = error instanceof Error ? error.message : String(error);
    process.stderr.write(`farm-email: this is a mistake of farm-email itself, please report it: ${reason}\n`);
    process.exitCode = 3;
  },
);

/** A file or device as output fails where it is written to, a pipe later. */
function isWriteError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'syscall' in error && error.syscall === 'write';
}

/** A reader that has seen enough (`| head`) is no mistake; a full disk is not ours. */
function endWithoutOutput({ code }: NodeJS.ErrnoException): never {
  if (code === 'EPIPE') process.exit();
  process.stderr.write(`farm-email: the output could not be written: ${code}\n`);
  process.exit(2);
}
