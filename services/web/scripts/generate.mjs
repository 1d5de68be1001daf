// OpenAPI description (the file named first) → src/api/schema.d.ts (or the file named second).
import { readFileSync, writeFileSync } from "node:fs";
import openapiTS, { astToString } from "openapi-typescript";

const [source, target] = process.argv.slice(2);
const schema = JSON.parse(readFileSync(source, "utf8"));
// A field with a default may be left out of a question, so its type says that it may be absent.
const ast = await openapiTS(schema, { defaultNonNullable: false });
const head = "// Generated from the gateway's OpenAPI description by `npm run generate`; do not edit.\n\n";
writeFileSync(target ?? new URL("../src/api/schema.d.ts", import.meta.url), head + astToString(ast));
