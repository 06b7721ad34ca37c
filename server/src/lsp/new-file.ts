import { analyse, noSurroundings } from '../analysis.ts';
import { completionsAt } from '../ide/completion/completion.ts';
import type { Feature } from './feature.ts';
import { type NewFileParams, type NewFileResult, newFileRequest } from './protocol.ts';

/** Empty files, with the place at which their first lines go. */
const empty = { yaml: ['', ''], json: ['{\n  ', '\n}\n'] } as const;

/** What a new file may begin with: what completion offers in an empty one. */
export const newFile: Feature = {
  capabilities: {},
  serve(connection) {
    connection.onRequest<NewFileResult, void>(newFileRequest, ({ format }: NewFileParams): NewFileResult => {
      const [before, behind] = empty[format];
      const whole = completionsAt(analyse(format, before + behind, noSurroundings), before.length, true);
      return whole
        .filter(({ kind }) => kind === 'fragment')
        .map(({ label, detail, edit }) => ({
          title: label.replace(/^farm-email: /, ''),
          detail: detail ?? '',
          snippet: before + edit.text + behind.replace('}', '\\}'),
        }));
    });
  },
};
