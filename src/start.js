// The first file to run, in syntax that any Node understands: it says in one sentence that Node is too old, or goes on.

const major = Number(process.versions.node.split('.')[0]);
if (major < 24) {
  console.error(
    `TaskifAI needs Node 24 or newer and this is ${process.version}: start it through npm (npm start), which brings its own Node, or install Node 24.`,
  );
  process.exitCode = 1;
} else {
  import('./main.ts');
}
