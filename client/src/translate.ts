/** `vscode.l10n.t`, as the files that must not know VS Code receive it. */
export type Translate = (message: string, ...args: (string | number)[]) => string;
