import { run } from './run.ts';

// A reader that has seen enough (`| head`) is no mistake.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
});

// Not process.exit: what is still in the pipe must get out.
run(process.argv.slice(2), process).then(
  (status) => {
    process.exitCode = status;
  },
  (error: unknown) => {
    const reason = error instanceof Error ? error.message : String(error);
    process.stderr.write(`farm-email: this is a mistake of farm-email itself, please report it: ${reason}\n`);
    process.exitCode = 3;
  },
);
