/** Made by generate.mjs: `root`, `entry_<key>`, `list_<key>` and `item_<key>`, ajv's standalone functions. */
export declare const root: (data: unknown) => boolean;
