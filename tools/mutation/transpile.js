const { ModuleKind, ScriptTarget, transpileModule } = require('typescript');

const compilerOptions = { target: ScriptTarget.ES2022, module: ModuleKind.CommonJS, esModuleInterop: true, inlineSourceMap: true };

/** Compiles a file by itself, without a look at its types: `tsc` has checked them. */
exports.process = (source, fileName) => ({ code: transpileModule(source, { compilerOptions, fileName }).outputText });
