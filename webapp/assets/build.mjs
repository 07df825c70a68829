// Builds ../static/build: minified, with the content's hash in each name, and manifest.json from plain name to built name.
import { createHash } from "node:crypto";
import { copyFile, mkdir, readFile, readdir, rename, rm, writeFile } from "node:fs/promises";
import { basename, dirname, extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import * as esbuild from "esbuild";
import * as sass from "sass";

const here = dirname(fileURLToPath(import.meta.url));
const target = join(here, "..", "static", "build");
const fresh = `${target}.new`;
const browsers = ["es2022", "chrome100", "firefox100", "safari15.4"];

function named(name, content) {
  const hash = createHash("sha256").update(content).digest("hex").slice(0, 10);
  return `${basename(name, extname(name))}-${hash}${extname(name)}`;
}

async function stylesheet(name) {
  const loadPaths = [join(here, "node_modules")];
  const { css } = sass.compile(join(here, "scss", name.replace(".css", ".scss")), { loadPaths, quietDeps: true });
  const { code } = await esbuild.transform(css, { loader: "css", minify: true, target: browsers });
  const host = code.match(/url\(\s*["']?(https?:)?\/\//i);
  if (host) throw new Error(`${name} would load something from another host: ${host[0]}`);
  await copyIcons(code);
  return write(name, code);
}

// The few icons that the stylesheet names, beside it.
async function copyIcons(css) {
  const icons = new Set([...css.matchAll(/url\(images\/([\w.-]+)/g)].map(([, icon]) => icon));
  await mkdir(join(fresh, "images"), { recursive: true });
  const from = join(here, "node_modules", "nhsuk-frontend", "dist", "nhsuk", "assets", "images");
  await Promise.all([...icons].map((icon) => copyFile(join(from, icon), join(fresh, "images", icon))));
}

// One bundle an entry, with what it loads later split off: respondents fetch none of the staff's parts.
async function script(name) {
  const { metafile } = await esbuild.build({
    entryPoints: [join(here, "js", name)],
    outdir: fresh,
    entryNames: "[name]-[hash]",
    chunkNames: "[name]-[hash]",
    bundle: true,
    splitting: true,
    format: "esm",
    minify: true,
    legalComments: "none",
    target: browsers,
    metafile: true,
  });
  return Object.entries(metafile.outputs)
    .filter(([, output]) => output.entryPoint)
    .map(([path, output]) => [basename(output.entryPoint), basename(path)]);
}

async function write(name, content) {
  const built = named(name, content);
  await writeFile(join(fresh, built), content);
  return [[name, built]];
}

async function favicon() {
  return write("favicon.svg", await readFile(join(here, "favicon.svg")));
}

// The NHS logo is a trade mark: it comes from the design system's own package and is shown only where the settings say so.
async function logo() {
  const from = join(here, "node_modules", "nhsuk-frontend", "dist", "nhsuk", "components", "header", "fixtures.json");
  const [svg] = (await readFile(from, "utf8")).match(/<svg class=\\"nhsuk-header__logo.*?<\/svg>/s);
  return write("nhs-logo.svg", JSON.parse(`"${svg}"`).replace(/ (class|focusable|role|aria-label)="[^"]*"/g, "").replace("currentcolor", "#fff"));
}

await rm(fresh, { recursive: true, force: true });
await mkdir(fresh, { recursive: true });
const built = [...["survey.js", "staff.js"].map(script), ...["survey.css", "staff.css"].map(stylesheet), favicon(), logo()];
const files = (await Promise.all(built)).flat();
await writeFile(join(fresh, "manifest.json"), JSON.stringify(Object.fromEntries(files), null, 2) + "\n");
await rm(target, { recursive: true, force: true });
await rename(fresh, target);
console.log(`Built ${(await readdir(target)).length} files into webapp/static/build`);
