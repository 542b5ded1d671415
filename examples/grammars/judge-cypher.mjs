// Judges queries by Neo4j's own parser: a JSON array of texts on standard input, an array of reasons (null: accepted) on standard output.
// Needs `npm install @neo4j-cypher/language-support@2.0.0-next.38` in the folder that is the argument. What it says of variables, parameters, types
// and columns is left out: that is no syntax.
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const require = createRequire(join(resolve(process.argv[2]), 'index.js'));
const { lintCypherQuery } = require('@neo4j-cypher/language-support');
const SYNTAX = /^Invalid input '|literal|too large|combination|cannot conclude|must be aliased|unclosed|extraneous|mismatched/i;
const reasons = [];
for (const text of JSON.parse(readFileSync(0, 'utf8'))) {
  const errors = lintCypherQuery(text, {}).diagnostics.filter((each) => each.severity === 1);
  reasons.push(errors.map((each) => each.message.split('\n')[0]).find((message) => SYNTAX.test(message)) ?? null);
}
process.stdout.write(JSON.stringify(reasons));
process.exit(0);
