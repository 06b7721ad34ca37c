export interface Underline {
  readonly severity: 'error' | 'warning' | 'info' | 'hint';
  readonly line: number;
  readonly text: string;
}
export interface Point {
  readonly x: number;
  readonly y: number;
}
export interface Place {
  /** Number of a visible line. */
  readonly line: number;
  readonly text: string;
}
/** What is underlined in an editor, from top to bottom, as far as it is on the screen. */
export function underlined(editor: unknown): Underline[];
/** The middle of the first `text` of a line. */
export function pointAt(editor: unknown, place: Place): Point | undefined;

export interface Problem {
  readonly severity: 'error' | 'warning' | 'info';
  readonly message: string;
  readonly source: string;
  /** The rule's id. */
  readonly code: string;
  readonly line: number;
  readonly column: number;
}

export function problems(panel: HTMLElement | SVGElement): Problem[];

export interface Lens extends Point {
  readonly text: string;
  readonly isLink: boolean;
}
/** The lenses above a visible line, from left to right, each with a place near its beginning. */
export function lensesAbove(editor: unknown, line: number): Lens[];
