import schema from '../../../schemas/farm-email.schema.json' with { type: 'json' };

/** The parts of JSON Schema that the farm-email schema uses. */
export interface Schema {
  readonly title?: string;
  readonly description?: string;
  readonly type?: string | readonly string[];
  readonly enum?: readonly (string | number | boolean | null)[];
  readonly markdownEnumDescriptions?: readonly string[];
  readonly default?: unknown;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly then?: Schema;
  readonly else?: Schema;
  readonly $ref?: string;
}

const root = schema as unknown as Schema & { readonly $defs: Readonly<Record<string, Schema>> };

/**
 * The schema of what stands at a path of keys and list indexes; undefined where the schema knows no such place. A
 * property's own title and description go before those of the definition it refers to.
 */
export function schemaAt(path: readonly string[]): Schema | undefined {
  let at: Schema | undefined = root;
  for (const segment of path) {
    const container: Schema = objectSchema(at);
    at = container.items ?? propertyOf(container, segment);
    if (at === undefined) return undefined;
    at = resolve(at);
  }
  return at;
}

/** The keys that may stand in the mapping at `path`, in the schema's order. */
export function keysAt(path: readonly string[]): readonly string[] {
  const at = schemaAt(path);
  return at === undefined ? [] : Object.keys(objectSchema(at).properties ?? {});
}

function resolve(at: Schema): Schema {
  if (at.$ref === undefined) return at;
  const { $ref, ...own } = at;
  return { ...root.$defs[$ref.replace('#/$defs/', '')], ...own };
}

/** Where a value may be a word or a mapping (`authentication`), the mapping stands under `else`. */
function objectSchema(at: Schema): Schema {
  return at.else === undefined ? at : resolve(at.else);
}

function propertyOf(at: Schema, key: string): Schema | undefined {
  return at.properties !== undefined && Object.hasOwn(at.properties, key) ? at.properties[key] : undefined;
}
