import { execFileSync } from 'node:child_process';

const advice = `The certificates of the tests are made with OpenSSL 3. Get it with
  Debian, Ubuntu   sudo apt-get install openssl
  Fedora           sudo dnf install openssl
  macOS            brew install openssl@3, then put its bin folder first on the PATH
  Windows          winget install ShiningLight.OpenSSL.Light, then put its bin folder on the PATH`;

let checked = false;

/** Runs openssl; throws with what it said where it fails, and with how to get it where it is missing. */
export function runOpenssl(args: readonly string[], cwd?: string): void {
  checkOpenssl();
  execFileSync('openssl', args, { cwd, stdio: 'pipe' });
}

/** Throws where there is no OpenSSL 3, and says how to get it. */
export function checkOpenssl(): void {
  if (checked) return;
  let version: string;
  try {
    version = execFileSync('openssl', ['version'], { encoding: 'utf8', stdio: 'pipe' }).trim();
  } catch (error) {
    throw new Error(`No openssl was found. ${advice}`, { cause: error });
  }
  // The one of macOS is LibreSSL, which knows fewer kinds of keys.
  if (!/^OpenSSL ([3-9]|\d\d)\./.test(version)) throw new Error(`The openssl here is ${version}. ${advice}`);
  checked = true;
}
