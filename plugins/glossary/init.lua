-- glossary: the words of migration, explained.
--
-- In: data/glossary.yaml (its head explains it). Out: the section glossary/ with a page for each chapter and one from A to Z, in each language;
-- links [words](term:key); the block ```terms, which explains words where they are used. Each word has an anchor, which is its key.

local FILE, SECTION = "data/glossary.yaml", "glossary"

local function read () return site.table(FILE) or {} end

local terms_of -- the terms by their keys, once each copy of the plugin has needed them

local function find (key)
	terms_of = terms_of or by_key(read().terms)
	return terms_of[key]
end

local function address (term) return "/" .. SECTION .. "/" .. term.group .. "#" .. term.key end

local function said (value, lang) return plain(text_of(value, lang)) end

local function link (term, lang) return "[" .. said(term.term, lang) .. "](" .. address(term) .. ")" end

-- The terms of a chapter (of all: nil) that this language has a word for, by its alphabet, each as {term, name}.
local function in_order (group, lang)
	local list = {}
	for _, term in ipairs(read().terms or {}) do
		local name = term.term and term.term[lang]
		if name and (not group or term.group == group) then list[#list + 1] = { term = term, name = name } end
	end
	return sorted(list, function (one) return alphabetical(one.name) end)
end

-- ## A chapter: each word is a heading, below it what it means, what else it is called, and where to read on

local function further (term, lang)
	local links, parts = {}, {}
	local also = term.also and term.also[lang]
	for _, key in ipairs(term.related or {}) do
		if find(key) then links[#links + 1] = link(find(key), lang) end
	end
	if also then parts[#parts + 1] = t_in(lang, "glossary_also") .. ": " .. plain(table.concat(also, ", ")) .. "." end
	if #links > 0 then parts[#parts + 1] = t_in(lang, "glossary_see") .. ": " .. table.concat(links, ", ") .. "." end
	if term.page then parts[#parts + 1] = t_in(lang, "glossary_more") .. ": [[" .. term.page .. "]]." end
	if #parts > 0 then return { "list", table.unpack(parts) } end
end

local function chapter (group, lang)
	local parts = {}
	for _, one in ipairs(in_order(group, lang)) do
		parts[#parts + 1] = { "heading", plain(one.name) .. " {#" .. one.term.key .. "}" }
		parts[#parts + 1] = { "paragraph", said(one.term.text, lang) }
		parts[#parts + 1] = further(one.term, lang)
	end
	return parts
end

-- ## From A to Z: links under each letter

local function letters (lang)
	local parts, list, last = {}, nil, nil
	for _, one in ipairs(in_order(nil, lang)) do
		local letter = initial(one.name)
		if letter ~= last then
			list, last = { "list" }, letter
			parts[#parts + 1] = { "heading", plain(letter) }
			parts[#parts + 1] = list
		end
		list[#list + 1] = link(one.term, lang)
	end
	return parts
end

-- ```glossary papers: a chapter;  ```glossary: all words from A to Z
local function glossary (args, _, page)
	return args[1] and chapter(args[1], page.lang) or letters(page.lang)
end

-- ```terms patent visa: what these words mean, where they are used. Below, wherever the page has one in this form, it is an abbreviation.
local function terms (args, _, page)
	local lines, explained = { "> **" .. t_in(page.lang, "glossary_here") .. "**", ">" }, {}
	for _, key in ipairs(args) do
		local term = find(key)
		if not term then error("no term '" .. key .. "' in content/" .. FILE, 0) end
		lines[#lines + 1] = "> - **" .. link(term, page.lang) .. "** – " .. said(term.text, page.lang)
		explained[#explained + 1] = "*[" .. said(term.term, page.lang) .. "]: " .. said(term.text, page.lang)
	end
	return table.concat(lines, "\n") .. "\n\n" .. table.concat(explained, "\n")
end

-- ## Pages

local function pages (site)
	local data, made = read(), {}
	if not data.terms then return nil end
	for language in each(site.languages) do
		local lang = language.code
		local function add (key, title, body, more)
			local page = { key = key, lang = lang, title = title, body = body, status = data.status }
			for name, value in pairs(more or {}) do page[name] = value end
			made[#made + 1] = page
		end
		add(SECTION, t_in(lang, "glossary_title"), t_in(lang, "glossary_text"), { description = t_in(lang, "glossary_description") })
		add(SECTION .. "/a-z", t_in(lang, "glossary_all"), "```glossary\n```\n", { weight = 1, search = false })
		for i, group in ipairs(data.groups or {}) do
			add(SECTION .. "/" .. group.key, text_of(group.title, lang), "```glossary " .. group.key .. "\n```\n", { weight = 10 + i, from = group, search = false })
		end
	end
	return made
end

-- ## What is wrong in the table

local function check_term (term, groups, tell)
	local function wrong (id, message, hint) tell { id = id, severity = "error", at = term, message = message, hint = hint } end
	local name = "the term '" .. tostring(term.key) .. "'"
	if find(term.key) ~= term then wrong("twice", name .. " is there twice", "give one of them another key") end
	if not groups[term.group] then wrong("group", name .. " is in no chapter: there is no group '" .. tostring(term.group) .. "'") end
	for _, key in ipairs(term.related or {}) do
		if not find(key) then wrong("related", name .. " leads to the term '" .. tostring(key) .. "', which does not exist") end
	end
	for language in each(site.languages) do
		if not (term.term and term.term[language.code] and term.text and term.text[language.code]) then
			tell { id = "language", at = term, message = name .. " has no words in '" .. language.code .. "'" }
		end
	end
end

local function check (_, tell)
	local groups = {}
	for _, group in ipairs(read().groups or {}) do groups[group.key] = true end
	for _, term in ipairs(read().terms or {}) do check_term(term, groups, tell) end
end

return {
	pages = pages,
	check = check,
	blocks = { glossary = glossary, terms = terms },
	links = {
		term = function (key, page)
			local term = find(key)
			return term and { url = address(term), title = text_of(term.term, page.lang) }
		end,
	},
}
