/**
 * The three functions of the reflect-metadata proposal that @peculiar/x509 (through tsyringe) looks for when it is
 * loaded. Import this file before it.
 */
const kept = new WeakMap<object, Map<unknown, unknown>>();

const metadata = {
  defineMetadata(key: unknown, value: unknown, target: object) {
    const values = kept.get(target) ?? new Map<unknown, unknown>();
    kept.set(target, values.set(key, value));
  },
  getOwnMetadata: (key: unknown, target: object) => kept.get(target)?.get(key),
  getMetadata(key: unknown, target: object | null): unknown {
    if (target === null) return undefined;
    return kept.get(target)?.get(key) ?? metadata.getMetadata(key, Object.getPrototypeOf(target));
  },
};

for (const [name, value] of Object.entries(metadata)) {
  if (!(name in Reflect)) Object.defineProperty(Reflect, name, { value, configurable: true });
}
