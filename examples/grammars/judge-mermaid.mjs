// Judges diagrams by Mermaid's own parsers: a JSON array of texts on standard input, an array of reasons (null: accepted) on standard output.
// Needs `npm install mermaid@11.17.2 jsdom` in the folder that is the argument.
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const require = createRequire(join(resolve(process.argv[2]), 'index.js'));
const { JSDOM } = require('jsdom');
const dom = new JSDOM('');
globalThis.window = dom.window;
globalThis.document = dom.window.document;
const { default: mermaid } = await import(pathToFileURL(join(resolve(process.argv[2]), 'node_modules/mermaid/dist/mermaid.core.mjs')));
const reasons = [];
for (const text of JSON.parse(readFileSync(0, 'utf8'))) {
  try {
    await mermaid.parse(text);
    reasons.push(null);
  } catch (error) {
    reasons.push(String(error.message ?? error).split('\n')[0]);
  }
}
process.stdout.write(JSON.stringify(reasons));
process.exit(0);
