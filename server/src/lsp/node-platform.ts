import path from 'node:path';
import { URI } from 'vscode-uri';
import { readCertificateFiles } from '../node/certificate-files.ts';
import { configurationInForce, configurations, configurationsIn } from '../node/configuration-files.ts';
import { today } from '../node/today.ts';
import { nodeTests, workspaceOf } from './node-tests.ts';
import type { FileSurroundings, Platform } from './platform.ts';

/** A computer with files, an environment and a network. */
export const nodePlatform: Platform = {
  today: () => today(),
  soon: setImmediate,
  tests: nodeTests,

  surroundings(_connection, opened): FileSurroundings {
    const found = configurations((file) => opened(URI.file(file).toString()));
    let folders: readonly string[] = [];
    return {
      setFolders(uris) {
        folders = uris;
      },
      configurationOf(uri) {
        const file = pathOf(uri);
        if (file === undefined) return undefined;
        const looked = found.of(file, workspaceOf(folders, file));
        return looked.then((each) => each && { uri: URI.file(each.file).toString(), read: each.read });
      },
      inForce: (each, uri) =>
        configurationInForce(each && { ...each, file: URI.parse(each.uri).fsPath }, URI.parse(uri).fsPath),
      configurationsBeside(uri) {
        const file = pathOf(uri);
        return file === undefined ? undefined : configurationsIn(path.dirname(file));
      },
      certificatesOf(named, uri) {
        const file = pathOf(uri);
        if (file === undefined) return undefined;
        const place = { folder: path.dirname(file), workspace: workspaceOf(folders, file), environment: process.env };
        return readCertificateFiles(named, place);
      },
      forget: () => found.forget(),
    };
  },
};

/** The path of a file of this computer. */
function pathOf(uri: string): string | undefined {
  const { scheme, fsPath } = URI.parse(uri);
  return scheme === 'file' ? fsPath : undefined;
}
