// OpenAPI description (a file named in the first argument, else openapi.json, else standard input)
// → src/api/schema.d.ts (or the file named in the second argument)
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import openapiTS, { astToString } from "openapi-typescript";

const source = process.argv[2] ?? (existsSync("openapi.json") ? "openapi.json" : 0);
const schema = JSON.parse(readFileSync(source, "utf8"));
// A field with a default may be left out of a question, so its type says that it may be absent.
const ast = await openapiTS(schema, { defaultNonNullable: false });
const head = "// Generated from the gateway's OpenAPI description by `npm run generate`; do not edit.\n\n";
writeFileSync(
  process.argv[3] ?? new URL("../src/api/schema.d.ts", import.meta.url),
  head + astToString(ast),
);
