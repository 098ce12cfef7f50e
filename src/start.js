// The first file to run, in syntax that any Node understands: it says in one sentence that Node is too old, or goes on.

const major = Number(process.versions.node.split('.')[0]);
if (major < 24) {
  console.error(
    `TaskifAI needs Node 24 or newer and this is ${process.version}: start it through npm (npm start), which brings its own Node, or install Node 24.`,
  );
  process.exitCode = 1;
} else {
  try {
    process.loadEnvFile('.env');
  } catch {
    // There is none: everything has a default, or is in the environment.
  }
  // Keeps compiled code between starts: a command begins in a third of the time.
  import('node:module').then((module) => {
    module.enableCompileCache();
    return import('./main.ts');
  });
}
