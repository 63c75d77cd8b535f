// What Fuwari's own plugins do to a post (src/plugins/ of saicaca/fuwari), in our words.
import { h } from "hastscript";
import { toString } from "mdast-util-to-string";
import { visit } from "unist-util-visit";

/** Every directive becomes an element of its name, known to HTML or not: `:name` an empty <name>. */
export function directivesAsElements() {
  return (tree) => visit(tree, isDirective, (node) => {
    const labelled = node.children[0]?.data?.directiveLabel;
    const element = h(node.name, { ...node.attributes, ...(labelled && { "has-directive-label": true }) });
    node.data = { ...node.data, hName: element.tagName, hProperties: element.properties };
  });
}

/** The text of the first paragraph is the excerpt of a post without a description. */
export function firstParagraph() {
  return (tree, file) => {
    const first = tree.children.find((node) => node.type === "paragraph");
    file.data.astro.frontmatter.excerpt = first ? toString(first) : "";
  };
}

/** A box for `:::note` and the four other kinds; without content, an invisible one. */
export function admonition(kind) {
  return (properties, children) => {
    if (!children?.length) return h("div", { class: "hidden" }, "not a block");
    const [label, ...rest] = properties["has-directive-label"] ? children : [kind.toUpperCase(), ...children];
    return h("blockquote", { class: `admonition bdm-${kind}` }, [h("span", { class: "bdm-title" }, label), ...rest]);
  };
}

/** `::github{repo="owner/name"}`: a card that a script in the page fills. */
export function githubCard(properties) {
  return h("a", { class: "card-github", href: `https://github.com/${properties.repo}` }, properties.repo);
}

function isDirective(node) {
  return ["textDirective", "leafDirective", "containerDirective"].includes(node.type);
}
