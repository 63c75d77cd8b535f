// The Markdown settings of AstroPaper 5 (astro.config.ts of satnaing/astro-paper), written anew.
import { defineConfig, passthroughImageService } from "astro/config";
import remarkCollapse from "remark-collapse";
import remarkToc from "remark-toc";

export default defineConfig({
  site: "https://example.org/",
  cacheDir: "./.cache",
  image: { service: passthroughImageService() },
  markdown: {
    remarkPlugins: [remarkToc, [remarkCollapse, { test: "Table of contents" }]],
    shikiConfig: { themes: { light: "min-light", dark: "night-owl" }, wrap: true },
  },
});
