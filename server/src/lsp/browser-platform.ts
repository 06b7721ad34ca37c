import type { Connection } from 'vscode-languageserver';
import { URI, Utils } from 'vscode-uri';
import { configurationFor, noConfiguration } from '../lint/configuration.ts';
import { besideOthers, type ConfigurationFile, readConfiguration } from '../lint/configuration-file.ts';
import { configurationNames, formatOf } from '../lint/file-names.ts';
import { today } from '../node/today.ts';
import type { FileSurroundings, FoundConfiguration, Platform } from './platform.ts';
import { type ConfigurationsInResult, configurationsInRequest } from './protocol.ts';

/** A web worker: the client reads the configurations for it. There are no certificate files and no SMTP connections. */
export const browserPlatform: Platform = {
  today: () => today(),
  soon: (then) => void setTimeout(then, 0),
  surroundings,
};

function surroundings(connection: Connection, opened: (uri: string) => string | undefined): FileSurroundings {
  const folders = new Map<string, Promise<ConfigurationsInResult>>();
  const texts = new Map<string, { readonly text: string; readonly read: ConfigurationFile }>();
  let workspace: readonly string[] = [];

  function configurationsIn(folder: URI): Promise<ConfigurationsInResult> {
    const key = folder.toString();
    const known = folders.get(key);
    if (known !== undefined) return known;
    const asked = connection
      .sendRequest<ConfigurationsInResult>(configurationsInRequest, { folder: key })
      .then((files) => configurationNames.flatMap((name) => files.filter((file) => file.name === name)))
      // Whatever keeps the client from it: then none is in force.
      .catch((): ConfigurationsInResult => []);
    folders.set(key, asked);
    return asked;
  }

  async function inFolder(folder: URI): Promise<FoundConfiguration | undefined> {
    const files = await configurationsIn(folder);
    const [first] = files;
    if (first === undefined) return undefined;
    const uri = Utils.joinPath(folder, first.name).toString();
    const text = opened(uri) ?? first.text;
    const known = texts.get(uri);
    const read = known?.text === text ? known.read : readConfiguration(formatOf(first.name) ?? 'yaml', text);
    texts.set(uri, { text, read });
    const names = files.map(({ name }) => name);
    return { uri, read: besideOthers(read, first.name, names) };
  }

  return {
    setFolders(uris) {
      workspace = uris.map((uri) => URI.parse(uri).toString());
    },
    async configurationOf(uri) {
      const start = Utils.dirname(URI.parse(uri));
      const roots = workspace.filter((root) => isInside(root, start.toString()));
      const end = roots[0] ?? start.toString();
      for (let folder = start; ; folder = Utils.dirname(folder)) {
        const found = await inFolder(folder);
        if (found !== undefined || folder.toString() === end || folder.path === '/') return found;
      }
    },
    inForce(found, uri) {
      if (found === undefined) return noConfiguration;
      const folder = Utils.dirname(URI.parse(found.uri)).path;
      const { path } = URI.parse(uri);
      return configurationFor(found.read.configuration, isInside(folder, path) ? relative(folder, path) : undefined);
    },
    configurationsBeside: async (uri) =>
      (await configurationsIn(Utils.dirname(URI.parse(uri)))).map(({ name }) => name),
    certificatesOf: () => undefined,
    forget: () => folders.clear(),
  };
}

function isInside(folder: string, place: string): boolean {
  return place === folder || place.startsWith(folder.endsWith('/') ? folder : `${folder}/`);
}

function relative(folder: string, path: string): string {
  return path.slice(folder.endsWith('/') ? folder.length : folder.length + 1);
}
