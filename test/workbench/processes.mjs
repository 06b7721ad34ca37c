import { spawn } from 'node:child_process';
import { setTimeout as wait } from 'node:timers/promises';

/** Whether a signal told this process to end. */
let stopping = false;

const onWindows = process.platform === 'win32';

/** @typedef {import('node:child_process').ChildProcess} ChildProcess */

/** Children in process groups of their own: Ctrl+C reaches them only through `stop`, and `stop` reaches theirs.
 * @type {Set<ChildProcess>} */
const running = new Set();

/**
 * Starts a program in a process group of its own.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {import('node:child_process').SpawnOptions} [options]
 * @returns {ChildProcess}
 */
export function start(command, args, options = {}) {
  if (stopping) throw new Error('Stopped.');
  // npm and code are .cmd files on Windows, and only a shell runs those.
  const needsShell = onWindows && !command.endsWith('.exe');
  const child = spawn(needsShell ? quoted(command) : command, needsShell ? args.map(quoted) : [...args], {
    ...options,
    detached: !onWindows,
    shell: needsShell,
  });
  running.add(child);
  child.once('exit', () => {
    running.delete(child);
    // What it left behind in its group goes too.
    signal(child, 'SIGTERM');
  });
  child.once('error', () => running.delete(child));
  return child;
}

/**
 * Runs a program to its end. Its output is shown as it comes, or with `quiet` only if it fails.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, quiet?: boolean }} [options]
 * @returns {Promise<void>} rejects where the program cannot be started or its exit status is not 0
 */
export async function run(command, args, { cwd, env, quiet = false } = {}) {
  const child = start(command, args, {
    cwd,
    env,
    stdio: ['ignore', quiet ? 'pipe' : 'inherit', quiet ? 'pipe' : 'inherit'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text) => {
      output += text;
    });
  }
  const status = await ended(child);
  if (status === 0) return;
  throw new Error(
    `${[command, ...args].join(' ')} ended with status ${status}${output === '' ? '' : `\n${output.trim()}`}`,
  );
}

/**
 * @param {ChildProcess} child
 * @returns {Promise<number | string>} exit status, or the name of the signal that ended it
 */
export function ended(child) {
  if (child.exitCode !== null || child.signalCode !== null)
    return Promise.resolve(child.exitCode ?? String(child.signalCode));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (status, name) => resolve(status ?? String(name)));
  });
}

/**
 * Ends a program and all it started: asks, and after `grace` milliseconds insists.
 *
 * @param {ChildProcess} child
 */
export async function stop(child, grace = 5000) {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const exited = new Promise((resolve) => child.once('exit', resolve));
  const deadline = performance.now() + grace;
  const insist = setTimeout(() => signal(child, 'SIGKILL'), grace);
  signal(child, 'SIGTERM');
  await exited;
  clearTimeout(insist);
  while (hasGroup(child) && performance.now() < deadline) await wait(20);
  signal(child, 'SIGKILL');
}

/** @param {ChildProcess} child */
function hasGroup(child) {
  if (onWindows || child.pid === undefined) return false;
  try {
    process.kill(-child.pid, 0);
    return true;
  } catch {
    return false;
  }
}

export function isStopping() {
  return stopping;
}

/** Ends everything that `start` started and that still runs. */
export async function stopAll() {
  await Promise.all([...running].map((child) => stop(child)));
}

/**
 * Makes Ctrl+C, a closed terminal and `kill` end everything this process started, and then itself.
 *
 * @param {() => Promise<void>} [first] what is to be ended and is no child of ours
 */
export function stopAllOnSignals(first = async () => {}) {
  for (const [name, status] of /** @type {const} */ ([
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ])) {
    process.on(name, () => {
      if (stopping) return;
      stopping = true;
      void first()
        .then(stopAll)
        .finally(() => process.exit(status));
    });
  }
}

/**
 * @param {ChildProcess} child
 * @param {NodeJS.Signals} name
 */
function signal(child, name) {
  if (child.pid === undefined) return;
  if (onWindows) {
    spawn('taskkill', ['/pid', String(child.pid), '/t', '/f'], { stdio: 'ignore' });
    return;
  }
  try {
    process.kill(-child.pid, name);
  } catch {
    // The group is empty: all of it has ended.
  }
}

/** @param {string} argument */
function quoted(argument) {
  return `"${argument}"`;
}
