-- contracts: model contracts clause by clause, the languages side by side.
--
-- In: data/contracts.yaml (its head explains it). Out: the page contracts/<key>-clauses in each language, and the block ```contract KEY.
-- The tree is for every output; what fills in its blanks is added for the web. Nothing that is written into it is kept or sent.

local FILE = "data/contracts.yaml"
local BLANK = "________"
local INPUT = { date = "date", time = "time", number = "number" } -- the other kinds are texts

local function read () return site.table(FILE) or {} end

local function pages (site)
	local data, made = read(), {}
	if not data.contracts then return nil end
	for language in each(site.languages) do
		local lang = language.code
		for i, contract in ipairs(data.contracts) do
			made[#made + 1] = {
				key = "contracts/" .. contract.key .. "-clauses", lang = lang, from = contract, weight = 100 + i, split = false, search = false,
				title = t_in(lang, "contracts_title", { title = contract.title[lang] }), description = t_in(lang, "contracts_description"),
				related = contract.page and { contract.page } or nil, status = data.status, body = "```contract " .. contract.key .. "\n```\n",
			}
		end
	end
	return made
end

-- A text with a line for the pen in the place of each {key}, and the keys in their order. The mark between stands for a blank while the
-- text is made plain.
local function blanks (text, lang)
	local keys, mark = {}, utf8.char(0xE000)
	text = string.gsub(text, "{([%w_]+)}", function (key)
		keys[#keys + 1] = key
		return mark
	end)
	return '<span lang="' .. lang .. '">' .. string.gsub(plain(text), mark, BLANK) .. "</span>", table.concat(keys, " ")
end

-- The page's language first, then the others.
local function languages (page)
	local list = { page.lang }
	for language in each(site.languages) do
		if language.code ~= page.lang then list[#list + 1] = language.code end
	end
	return list
end

local function row (key, number, text_in, note, langs)
	local cells, data = {}, { clause = key }
	for i, lang in ipairs(langs) do
		local text, keys = blanks(text_in(lang), lang)
		cells[i], data["blanks" .. i] = number .. text, keys
	end
	cells[#cells + 1] = note
	return cells, data
end

-- "Number: ____. Town: ____. Date: ____." of those that the contract has.
local function head_of (contract)
	local first = { number = true, city = true, date = true }
	return function (lang)
		local parts = {}
		for _, field in ipairs(contract.fields or {}) do
			if first[field.key] then parts[#parts + 1] = field.label[lang] .. ": {" .. field.key .. "}." end
		end
		return table.concat(parts, " ")
	end
end

local function clauses (contract, page)
	local langs, head, rows, data = languages(page), {}, {}, {}
	for i, lang in ipairs(langs) do
		for language in each(site.languages) do
			if language.code == lang then head[i] = plain(language.name) end
		end
	end
	head[#head + 1] = t_in(page.lang, "contracts_note")
	rows[1], data[1] = row("head", "", head_of(contract), "", langs)
	for i, clause in ipairs(contract.clauses) do
		rows[i + 1], data[i + 1] = row(clause.key, i .. ". ", function (lang) return clause.text[lang] end, plain(clause.note and clause.note[page.lang] or ""), langs)
	end
	return { "table", head = head, rows = rows, data = data }
end

local function lines (list, lang, before)
	local made = {}
	for i, text in ipairs(list or {}) do made[i] = before .. plain(text[lang]) end
	return made
end

-- The blanks as a form, which the script shows.
local function form (contract, lang)
	local parts = { '<div hidden class="fill" data-uses="check filled b"><details><summary>', escape(t_in(lang, "contracts_fill")), "</summary><p>",
		escape(t_in(lang, "contracts_stays")), "</p>" }
	for _, field in ipairs(contract.fields or {}) do
		parts[#parts + 1] = "<label>" .. escape(field.label[lang]) .. '<input type="' .. (INPUT[field.kind] or "text") ..
			'" data-field="' .. field.key .. '" autocomplete="off"></label>'
	end
	parts[#parts + 1] = '</details><p class="chips"><button type="button" data-do="print">' .. escape(t_in(lang, "contracts_print")) ..
		'</button><button type="button" data-do="clear">' .. escape(t_in(lang, "contracts_clear")) .. "</button></p></div>"
	return table.concat(parts)
end

local function block (args, _, page)
	local contract, lang = by_key(read().contracts)[args[1]], page.lang
	if not contract then error("no contract '" .. tostring(args[1]) .. "' in " .. FILE) end
	local more = contract.page and contract.page ~= page.key and " [[" .. contract.page .. "]]." or ""
	return {
		{ "callout", kind = "important", plain(t_in(lang, "contracts_model")) .. more },
		{ "heading", level = 2, t_in(lang, "contracts_before") },
		table.concat(lines(contract.before, lang, "- [ ] "), "\n"),
		{ "heading", level = 2, t_in(lang, "contracts_clauses") },
		clauses(contract, page),
		{ "heading", level = 2, t_in(lang, "contracts_signatures") },
		table.concat(lines(contract.signatures, lang, BLANK .. BLANK .. " "), "\n\n"),
		web = form(contract, lang), script = "fill.js", style = "fill.css",
	}
end

-- ## What is wrong in the table

local function check_clause (clause, fields, tell)
	local of = {}
	for language in each(site.languages) do
		local text, keys = clause.text and clause.text[language.code], {}
		if not text then
			tell { id = "text", severity = "error", at = clause, message = "the clause '" .. clause.key .. "' has no text in '" .. language.code .. "'" }
			return
		end
		for key in string.gmatch(text, "%{([%w_]+)%}") do
			if not fields[key] then
				tell { id = "blank", severity = "error", at = clause, message = "no field '" .. key .. "'", hint = "add it to 'fields', or correct the name in braces" }
			end
			keys[#keys + 1] = key
		end
		table.sort(keys)
		of[#of + 1] = table.concat(keys, " ")
	end
	for i = 2, #of do
		if of[i] ~= of[1] then tell { id = "languages", at = clause, message = "the clause '" .. clause.key .. "' has not the same blanks in every language" } end
	end
end

local function check (_, tell)
	for _, contract in ipairs(read().contracts or {}) do
		local fields = {}
		for _, field in ipairs(contract.fields or {}) do fields[field.key] = true end
		for _, clause in ipairs(contract.clauses or {}) do check_clause(clause, fields, tell) end
		if #(contract.before or {}) == 0 then tell { id = "before", at = contract, message = "nothing is to be checked before signing '" .. contract.key .. "'" } end
	end
end

return { pages = pages, blocks = { contract = block }, check = check }
