// Builds src/*.js and src/*.scss into static/: one file each, with a hash of its
// content in its name, a compressed copy beside it, and manifest.json, which
// says what became of each.
import { createHash } from "node:crypto";
import { readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { basename, extname } from "node:path";
import { gzipSync } from "node:zlib";
import esbuild from "esbuild";
import * as sass from "sass";

const from = new URL("src/", import.meta.url);
const into = new URL("static/", import.meta.url);

async function built(file) {
  if (extname(file) === ".js") {
    const { outputFiles } = await esbuild.build({
      entryPoints: [new URL(file, from).pathname],
      bundle: true, minify: true, write: false, format: "esm", target: "es2020",
    });
    return outputFiles[0].text;
  }
  return sass.compile(new URL(file, from).pathname, {
    style: "compressed", loadPaths: [new URL("node_modules/", import.meta.url).pathname], quietDeps: true,
  }).css;
}

for (const old of readdirSync(into)) {
  if (old !== ".gitkeep") rmSync(new URL(old, into));
}
const manifest = {};
for (const file of readdirSync(from).filter((name) => /^[a-z]+\.(js|scss)$/.test(name))) {
  const content = await built(file);
  const extension = extname(file) === ".js" ? ".js" : ".css";
  const name = basename(file, extname(file));
  const hashed = `${name}-${createHash("sha256").update(content).digest("hex").slice(0, 12)}${extension}`;
  writeFileSync(new URL(hashed, into), content);
  writeFileSync(new URL(`${hashed}.gz`, into), gzipSync(readFileSync(new URL(hashed, into)), { level: 9 }));
  manifest[name + extension] = hashed;
}
writeFileSync(new URL("manifest.json", into), JSON.stringify(manifest, null, 2));
