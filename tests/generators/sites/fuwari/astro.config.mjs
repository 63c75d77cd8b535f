// The Markdown settings of saicaca/fuwari (astro.config.mjs), written anew; its code blocks' look is left out.
import { defineConfig, passthroughImageService } from "astro/config";
import rehypeAutolinkHeadings from "rehype-autolink-headings";
import rehypeComponents from "rehype-components";
import rehypeKatex from "rehype-katex";
import rehypeSlug from "rehype-slug";
import remarkDirective from "remark-directive";
import remarkGithubAdmonitionsToDirectives from "remark-github-admonitions-to-directives";
import remarkMath from "remark-math";
import remarkSectionize from "remark-sectionize";
import { admonition, directivesAsElements, firstParagraph, githubCard } from "./src/plugins.mjs";

const kinds = ["note", "tip", "important", "caution", "warning"];

export default defineConfig({
  site: "https://example.org/",
  base: "/",
  trailingSlash: "always",
  cacheDir: "./.cache",
  image: { service: passthroughImageService() },
  markdown: {
    remarkPlugins: [
      remarkMath,
      firstParagraph,
      remarkGithubAdmonitionsToDirectives,
      remarkDirective,
      remarkSectionize,
      directivesAsElements,
    ],
    rehypePlugins: [
      rehypeKatex,
      rehypeSlug,
      [rehypeComponents, { components: { github: githubCard, ...Object.fromEntries(kinds.map((kind) => [kind, admonition(kind)])) } }],
      [
        rehypeAutolinkHeadings,
        {
          behavior: "append",
          properties: { className: ["anchor"] },
          content: { type: "element", tagName: "span", properties: { className: ["anchor-icon"] }, children: [{ type: "text", value: "#" }] },
        },
      ],
    ],
  },
});
