import { defineConfig, passthroughImageService } from "astro/config";

export default defineConfig({
  site: "https://example.org",
  cacheDir: "./.cache",
  image: { service: passthroughImageService() },
});
