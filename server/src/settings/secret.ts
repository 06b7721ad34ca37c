/**
 * A secret in memory. It prints as `***` wherever a value is turned into text, so that no log, transcript, message or
 * error can hold it by accident; `reveal` is called only where the bytes go to the socket or to a key store.
 */
export class Secret {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  /** The secret itself. A test lists the files that may call this. */
  reveal(): string {
    return this.#text;
  }

  /** In UTF-16 code units. */
  get length(): number {
    return this.#text.length;
  }

  toString(): string {
    return '***';
  }

  toJSON(): string {
    return '***';
  }

  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return '***';
  }
}
