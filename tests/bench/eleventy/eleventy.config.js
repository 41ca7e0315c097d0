// The same pages with Eleventy: pages in a frame with a menu, and sections of fifty a page; no tag pages (every tag would become a collection, filtered from all pages), no feeds.
import yaml from 'js-yaml';

const place = (path) => /([^/]+)\/([^/]+)\.([a-z]+)\.md$/.exec(path);

export default function (config) {
  config.setFrontMatterParsingOptions({ engines: { yaml: (text) => ({ ...yaml.load(text), tags: undefined }) } });
  config.addGlobalData('layout', () => 'page.njk');
  config.addGlobalData('permalink', () => (data) => {
    const at = place(data.page.inputPath);
    return at ? `/${at[3]}/${at[1]}/${at[2]}/` : undefined;
  });
  config.addCollection('slices', (all) => {
    const sections = new Map();
    for (const item of all.getAll()) {
      const at = place(item.inputPath);
      if (at) (sections.get(`${at[3]}/${at[1]}`) ?? sections.set(`${at[3]}/${at[1]}`, []).get(`${at[3]}/${at[1]}`)).push(item);
    }
    return [...sections].flatMap(([name, items]) => Array.from({ length: Math.ceil(items.length / 50) }, (_, i) => ({ name, number: i, items: items.slice(i * 50, i * 50 + 50) })));
  });
  config.addTemplate('slices.njk', '<h1>{{ slice.name }}</h1><ul>{% for i in slice.items %}<li><a href="{{ i.url }}">{{ i.data.title }}</a> <p>{{ i.data.description }}</p></li>{% endfor %}</ul>', {
    layout: 'base.njk', eleventyExcludeFromCollections: true, pagination: { data: 'collections.slices', size: 1, alias: 'slice' },
    permalink: (data) => `/${data.slice.name}/${data.slice.number ? `page/${data.slice.number + 1}/` : ''}`,
  });
  return { dir: { input: 'content', includes: '../_includes' }, markdownTemplateEngine: false };
}
