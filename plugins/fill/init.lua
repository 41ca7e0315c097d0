-- fill: places that a centre still has to fill in: shown as blanks, and told by `rohnamo check` until they are gone.
--
-- In: [words](fill:kind) and <fill:kind> in the pages' text, above all in a fence ```fill, whose body is Markdown. Out: there each of them is a
-- line to write on with its words; elsewhere, where a link can only be a link, it leads to the page it stands in. Told is each one, with its
-- line: a warning, on a draft a hint.

local FENCE = "fill"
local FIND = { "](fill:", "<fill:" }
local WITH_WORDS, BARE = "%[([^%]\n]+)%]%(fill:([%w-]*)%)", "<fill:([%w-]+)>"

-- What a place of this kind is called where the editor wrote no words; nil for kinds that have no name.
local function name_of (kind, lang)
	local names = {
		address = "fill_address", phone = "fill_phone", hours = "fill_hours", email = "fill_email", name = "fill_name", price = "fill_price", site = "fill_site",
	}
	return names[kind] and t_in(lang, names[kind])
end

local function line (words) return "________ (" .. words .. ")" end

-- ## ```fill

local function block (_, body, page)
	local function marked (words) return "**" .. line(words) .. "**" end
	local text = string.gsub(body, WITH_WORDS, marked)
	text = string.gsub(text, BARE, function (kind)
		local words = name_of(kind, page.lang)
		return words and marked(plain(words))
	end)
	return text
end

-- ## Outside of it

local function fill_link (kind, page)
	local words = name_of(kind, page.lang)
	return { url = page, title = words and line(words) or line(kind) }
end

-- ## What is still to be filled in

local function tell_place (page, line, words, fenced, tell)
	tell {
		id = "blank", at = page, line = line, severity = page.draft and "hint" or "warning",
		message = "this is still to be filled in by the centre: '" .. words .. "'",
		hint = "write it in place of the link when somebody has checked it, or take the line away",
	}
	if not fenced then
		tell {
			id = "fence", at = page, line = line, severity = "hint", message = "'" .. words .. "' is shown as a link, not as a blank",
			hint = "put it into a fence: a line ```fill before it, a line ``` after it",
		}
	end
end

-- The fence that a line opens or closes: its sign and the word after it, "" for none; nil for other lines.
local function fence_of (text)
	local signs, word = string.match(text, "^[%s>]*([`~][`~][`~]+)%s*([%w-]*)")
	return signs and string.sub(signs, 1, 1), word
end

-- The sign of the fence that is open in the page, and its word, decide what a line is: so all its lines are looked at.
local function check_page (page, tell)
	local line, open, word = 0, nil, nil
	for text in string.gmatch(site.read(page.file) or "", "([^\n]*)\n?") do
		line = line + 1
		local sign, opens = fence_of(text)
		if sign and not open then
			open, word = sign, opens
		elseif sign == open and opens == "" then
			open, word = nil, nil
		elseif (not open or word == FENCE) and string.find(text, "fill:", 1, true) then
			text = string.gsub(text, "`[^`]*`", "")
			for words in string.gmatch(text, WITH_WORDS) do tell_place(page, line, words, open, tell) end
			for kind in string.gmatch(text, BARE) do tell_place(page, line, name_of(kind, page.lang) or kind, open, tell) end
		end
	end
end

local function check (_, tell)
	local last
	for _, found in ipairs(site.find(FIND)) do
		if found.page ~= last then check_page(found.page, tell) end
		last = found.page
	end
end

return { blocks = { [FENCE] = block }, links = { fill = fill_link }, check = check }
