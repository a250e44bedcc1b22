const { ModuleKind, ScriptTarget, transpileModule } = require('typescript');

const compilerOptions = {
	target: ScriptTarget.ES2022,
	module: ModuleKind.CommonJS,
	esModuleInterop: true,
	inlineSourceMap: true,
};

/** Compiles a file without a type check: `tsc` has done it. */
exports.process = (source, fileName) => ({ code: transpileModule(source, { compilerOptions, fileName }).outputText });
