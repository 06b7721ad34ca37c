/**
 * One expression of several CommonJS files: a function that runs the first of them and answers its exports.
 * It takes the `require` for what is not among the files.
 */
export function programOf(files: ReadonlyMap<string, string>): string {
  const modules = [...files].map(
    ([name, text]) => `${JSON.stringify(name)}: function (module, exports, require) {\n${text}\n}`,
  );
  return `(function (outside) {
const files = {${modules.join(',\n')}};
const loaded = new Map();
function load(request) {
  const name = request.replace(/^\\.\\//, '');
  if (!Object.hasOwn(files, name)) return outside(request);
  let module = loaded.get(name);
  if (module === undefined) {
    module = { exports: {} };
    loaded.set(name, module);
    files[name](module, module.exports, load);
  }
  return module.exports;
}
return load(Object.keys(files)[0]);
})`;
}
