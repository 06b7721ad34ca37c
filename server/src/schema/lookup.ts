import farmEmail from '../../../schemas/farm-email.schema.json' with { type: 'json' };

/** The parts of JSON Schema that the schemas of farm-email files and of configurations use. */
export interface Schema {
  readonly title?: string;
  readonly description?: string;
  readonly type?: string | readonly string[];
  readonly enum?: readonly (string | number | boolean | null)[];
  readonly markdownEnumDescriptions?: readonly string[];
  readonly default?: unknown;
  readonly examples?: readonly unknown[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly then?: Schema;
  readonly else?: Schema;
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, Schema>>;
}

export const farmEmailSchema = farmEmail as unknown as Schema;

/**
 * The schema of what stands at a path of keys and list indexes; undefined where the schema knows no such place. A
 * property's own title and description go before those of the definition it refers to.
 */
export function schemaAt(path: readonly string[], root = farmEmailSchema): Schema | undefined {
  let at: Schema | undefined = root;
  for (const segment of path) {
    const container: Schema = objectSchema(at, root);
    at = container.items ?? propertyOf(container, segment);
    if (at === undefined) return undefined;
    at = resolve(at, root);
  }
  return at;
}

/** The schema of the mapping that may stand at `path`. */
export function objectAt(path: readonly string[], root = farmEmailSchema): Schema | undefined {
  const at = schemaAt(path, root);
  return at && objectSchema(at, root);
}

/** The keys that may stand in the mapping at `path`, in the schema's order. */
export function keysAt(path: readonly string[], root = farmEmailSchema): readonly string[] {
  return Object.keys(objectAt(path, root)?.properties ?? {});
}

function resolve(at: Schema, { $defs }: Schema): Schema {
  if (at.$ref === undefined) return at;
  const { $ref, ...own } = at;
  return { ...$defs?.[$ref.replace('#/$defs/', '')], ...own };
}

/** Where a value may be a word or a mapping (`authentication`), the mapping stands under `else`. */
function objectSchema(at: Schema, root: Schema): Schema {
  return at.else === undefined ? at : resolve(at.else, root);
}

function propertyOf(at: Schema, key: string): Schema | undefined {
  return at.properties !== undefined && Object.hasOwn(at.properties, key) ? at.properties[key] : undefined;
}
