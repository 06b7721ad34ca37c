/** Code pages of Chinese, Japanese and Korean that mail is written in. */
export const eastAsianPages: ReadonlySet<number> = new Set([
  932, 936, 949, 950, 50220, 50221, 50222, 50225, 51932, 51936, 51949, 52936, 54936,
]);
