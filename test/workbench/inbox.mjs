import { connect } from 'node:net';
import { join } from 'node:path';
import { root } from '../setup.mjs';
import { isStopping, start } from './processes.mjs';

const port = 1025;

/**
 * Starts the inbox that test emails go to, unless one of ours runs already.
 *
 * @returns {Promise<string>} what to tell the person
 */
export async function startInbox() {
  const greeting = await greetingOf(port);
  if (greeting !== undefined) {
    if (/farm.?email/i.test(greeting))
      return `The inbox on 127.0.0.1:${port} that runs already receives the test emails.`;
    const who = greeting === '' ? 'Another program' : `Another program ("${greeting}")`;
    throw new Error(
      `${who} listens on 127.0.0.1:${port}, where the inbox for test emails belongs. End it, then start again.`,
    );
  }
  const child = start(process.execPath, [join(root, 'dist', 'cli.js'), 'inbox'], { stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  return new Promise((resolve, reject) => {
    let isOpen = false;
    const show = (/** @type {string} */ text) => {
      process.stdout.write(text);
      output += text;
      if (isOpen || !/listening/i.test(output)) return;
      isOpen = true;
      resolve('The inbox for test emails is open.');
    };
    child.stdout?.setEncoding('utf8').on('data', show);
    child.stderr?.setEncoding('utf8').on('data', show);
    child.once('error', reject);
    child.once('exit', (status) => {
      reject(new Error(`The inbox ended as it started, with status ${status}.`));
      if (!isOpen || isStopping()) return;
      console.error(`The inbox ended, with status ${status}. VS Code starts one when a test email needs it.`);
    });
  });
}

/**
 * @param {number} at
 * @returns {Promise<string | undefined>} the first line a server there says, `''` for a silent one
 */
function greetingOf(at) {
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port: at });
    const settle = (/** @type {string | undefined} */ line) => {
      socket.destroy();
      resolve(line);
    };
    socket.setEncoding('utf8');
    socket.once('error', () => settle(undefined));
    socket.once('data', (text) => settle(String(text).split('\r\n')[0] ?? ''));
    socket.once('end', () => settle(''));
    socket.setTimeout(3000, () => settle(''));
  });
}
