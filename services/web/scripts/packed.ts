/** Puts compressed forms of the built files beside them: the gateway sends those to who takes them. */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import type { Plugin } from "vite";

/** What gets smaller; fonts and pictures are compressed already. */
const TEXTS = /\.(?:css|html|js|json|svg|txt|webmanifest)$/;
/** Bytes; less than that travels in one packet, whatever its length. */
const SMALLEST = 1000;

export function packed(): Plugin {
  let folder = "";
  return {
    name: "packed",
    apply: "build",
    configResolved(config) {
      folder = config.build.outDir;
    },
    closeBundle() {
      for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
        if (entry.isFile() && TEXTS.test(entry.name)) pack(join(entry.parentPath, entry.name));
      }
    },
  };
}

function pack(path: string): void {
  const text = readFileSync(path);
  if (text.length < SMALLEST) return;
  const quality = { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY };
  writeFileSync(`${path}.br`, brotliCompressSync(text, { params: quality }));
  writeFileSync(`${path}.gz`, gzipSync(text, { level: 9 }));
}
