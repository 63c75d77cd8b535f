// The fields of a post in saicaca/fuwari (src/content/config.ts).
import { defineCollection, z } from "astro:content";

const text = () => z.string().default("");

const posts = defineCollection({
  schema: z.object({
    title: z.string(),
    published: z.date(),
    updated: z.date().optional(),
    draft: z.boolean().optional().default(false),
    description: z.string().optional().default(""),
    image: z.string().optional().default(""),
    tags: z.array(z.string()).optional().default([]),
    category: z.string().optional().nullable().default(""),
    lang: z.string().optional().default(""),
    prevTitle: text(),
    prevSlug: text(),
    nextTitle: text(),
    nextSlug: text(),
  }),
});

export const collections = { posts };
