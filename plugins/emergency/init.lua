-- emergency: whom to call in which country, what to say, and a card for the wallet and the lock screen.
--
-- In: data/emergency.yaml (its head explains it). Out: the pages emergency/, emergency/phrases and emergency/card, and the block ```emergency.
-- What a reader writes into the card stays in the open page: it is neither kept nor sent.

local FILE, SECTION = "data/emergency.yaml", "emergency"
local BLANK = "________"

local data -- the file's table, for all below; nil: the site has none

local function read ()
	data = site.table(FILE)
	return data
end

-- In every language of the site, the page's own first: a card is read by its owner and by strangers.
local function everywhere (value, lang)
	local list = { text_of(value, lang) }
	for language in each(site.languages) do
		local text = type(value) == "table" and value[language.code]
		if text and language.code ~= lang and text ~= list[1] then list[#list + 1] = text end
	end
	return list
end

-- ## Blocks

local function number (one)
	return "[**" .. phone(one.phone) .. "**](tel:" .. tel(one.phone) .. ")"
end

local function numbers (country, lang)
	local list = { "list" }
	for _, one in ipairs(country.numbers or {}) do list[#list + 1] = number(one) .. " " .. plain(text_of(one["for"], lang)) end
	return { list, country.note and { "paragraph", plain(text_of(country.note, lang)) } or nil, style = "emergency.css" }
end

-- The choice of a country, for the script alone.
local function choice (lang)
	local options = {}
	for i, country in ipairs(data.countries or {}) do options[i] = '<option value="' .. country.key .. '">' .. escape(text_of(country.name, lang)) .. "</option>" end
	return {
		web = '<p class="where" hidden><label>' .. escape(t_in(lang, "emergency_country")) .. '<br><select><option value="">' .. escape(t_in(lang, "emergency_every"))
			.. "</option>" .. table.concat(options) .. "</select></label></p>",
		script = "card.js", style = "emergency.css",
	}
end

-- One side of the card as a table: what is the same for everybody, and room to write.
local function side (one, lang, fields)
	local rows, named = {}, {}
	for i, line in ipairs(one.lines or {}) do
		local label = table.concat(everywhere(line.label, lang), " / ")
		rows[i] = { plain(label), line.value and plain(text_of(line.value, lang)) or BLANK }
		if not line.value then
			named[i] = { line = one.side .. i }
			add(fields, "<p><label>" .. escape(label) .. '<br><input data-for="' .. one.side .. i .. '" autocomplete="off"></label></p>')
		else
			named[i] = {}
		end
	end
	return { "table", head = { t_in(lang, "emergency_" .. one.side), t_in(lang, "emergency_written") }, rows = rows, data = named }
end

-- The picture for the lock screen: a tap shows it on the whole screen, another one closes it, without a script too.
local function screen (lang, fields)
	local lines = {}
	for i, line in ipairs(data.lock_screen or {}) do
		for _, text in ipairs(everywhere(line, lang)) do add(lines, '<span data-line="lock' .. i .. '">' .. escape(text) .. "</span>") end
		if string.find(text_of(line, lang), BLANK, 1, true) then
			add(fields, "<p><label>" .. escape((string.gsub(text_of(line, lang), "[%s:]*" .. BLANK, ""))) .. '<br><input data-for="lock' .. i .. '" autocomplete="off"></label></p>')
		end
	end
	return '<p><a class="go" id="screen" href="#lock">' .. escape(t_in(lang, "emergency_screen")) .. '</a></p><a class="lock" id="lock" href="#screen">' .. table.concat(lines) .. "</a>"
end

local function card (lang)
	local fields, tree = {}, {}
	for _, one in ipairs(data.card or {}) do tree[#tree + 1] = side(one, lang, fields) end
	local lock = screen(lang, fields)
	tree.web = '<details class="fill" hidden><summary>' .. escape(t_in(lang, "emergency_fill")) .. '</summary><p class="soft">' .. escape(t_in(lang, "emergency_stays"))
		.. "</p>" .. table.concat(fields) .. '<p><button type="button">' .. escape(t_in(lang, "emergency_print")) .. "</button></p></details>" .. lock
	tree.script, tree.style = "card.js", "emergency.css"
	return tree
end

-- ```emergency country=ru, ```emergency card, ```emergency choice
local function block (args, _, page)
	if not read() then return "" end
	if args[1] == "card" then return card(page.lang) end
	if args[1] == "choice" then return choice(page.lang) end
	for _, country in ipairs(data.countries or {}) do
		if country.key == args.country then return numbers(country, page.lang) end
	end
	error("no country '" .. tostring(args.country) .. "': 'countries' of " .. FILE .. " has their keys")
end

-- ## Pages

local function fence (words)
	return "```" .. SECTION .. " " .. words .. "\n```\n"
end

local function asked (one, lang)
	local line = "- **" .. plain(text_of(one.name, lang)) .. ".** " .. plain(text_of(one.where, lang))
	if one.site then line = line .. " (<" .. one.site .. ">)" end
	return one.page and line .. " [[" .. one.page .. "]]" or line
end

local function front (lang)
	local lines = { t_in(lang, "emergency_intro"), "", fence("choice") }
	for _, country in ipairs(data.countries or {}) do
		add(lines, "## " .. plain(text_of(country.name, lang)) .. " {#" .. country.key .. "}", "", fence("country=" .. country.key))
	end
	add(lines, "## " .. t_in(lang, "emergency_call"), "")
	for _, step in ipairs(data.call or {}) do add(lines, "1. " .. plain(text_of(step, lang))) end
	add(lines, "", "## " .. t_in(lang, "emergency_ask"), "")
	for _, one in ipairs(data.ask or {}) do add(lines, asked(one, lang)) end
	return table.concat(lines, "\n")
end

-- What is said in Russian, how it sounds, what it means.
local function phrases (lang)
	local lines = { t_in(lang, "emergency_phrases_intro"), "" }
	for _, group in ipairs(data.phrases or {}) do
		add(lines, "## " .. plain(text_of(group.title, lang)), "", "| " .. t_in(lang, "emergency_say") .. " | " .. t_in(lang, "emergency_means") .. " |", "| --- | --- |")
		for _, one in ipairs(group.phrases or {}) do
			local cells = { "**" .. plain(one.ru) .. "** *" .. plain(one.say) .. "*", plain(one.tg) }
			for i, text in ipairs(cells) do cells[i] = string.gsub(text, "|", "\\|") end
			add(lines, "| " .. cells[1] .. " | " .. cells[2] .. " |")
		end
		add(lines, "")
	end
	return table.concat(lines, "\n")
end

local function card_text (lang)
	local lines = { t_in(lang, "emergency_card_intro"), "", fence("card"), "## " .. t_in(lang, "emergency_lock"), "" }
	for _, line in ipairs(data.lock_screen or {}) do add(lines, "- " .. plain(table.concat(everywhere(line, lang), " / "))) end
	add(lines, "", t_in(lang, "emergency_lock_how"), "", "## " .. t_in(lang, "emergency_show"), "")
	for _, one in ipairs(data.show or {}) do add(lines, "> **" .. plain(one.ru) .. "**", ">", "> " .. plain(one.tg), "") end
	add(lines, "## " .. t_in(lang, "emergency_never"), "")
	for _, line in ipairs(data.never or {}) do add(lines, "- " .. plain(text_of(line, lang))) end
	return table.concat(lines, "\n")
end

local function pages (site)
	local made = {}
	if not read() then return nil end
	for language in each(site.languages) do
		local lang = language.code
		local function page (key, name, body, weight)
			made[#made + 1] = {
				key = key, lang = lang, title = t_in(lang, "emergency_" .. name .. "_title"), description = t_in(lang, "emergency_" .. name .. "_about"),
				body = body, weight = weight, status = data.status, search = name ~= "phrases",
			}
		end
		page(SECTION, "numbers", front(lang))
		page(SECTION .. "/card", "card", card_text(lang), 1)
		page(SECTION .. "/phrases", "phrases", phrases(lang), 2)
	end
	return made
end

-- ## What is wrong in the table

local function check (_, tell)
	if not read() then return end
	for _, country in ipairs(data.countries or {}) do
		if #(country.numbers or {}) == 0 then tell { id = "empty", severity = "error", at = country, message = "the country '" .. tostring(country.key) .. "' has no numbers" } end
		for _, one in ipairs(country.numbers or {}) do
			if type(one.phone) ~= "string" or not string.find(one.phone, "^[%d +()-]+$") then
				tell { id = "phone", severity = "error", at = one, message = "'" .. tostring(one.phone) .. "' is no phone number", hint = 'write it in quotes: "112"' }
			elseif #tel(one.phone) > 4 and not one.checked then
				tell { id = "unchecked", severity = "error", at = one, message = "the number " .. one.phone .. " has no 'checked'", hint = "call it, then write the day: checked: 2026-11-22" }
			end
		end
	end
end

return { pages = pages, blocks = { [SECTION] = block }, check = check }
