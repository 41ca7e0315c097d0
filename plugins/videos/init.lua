-- videos: a library of films: in which languages they speak, what it costs to load them, their words to read.
--
-- In: the pages of the type "videos", whose fields README.md explains, and their headings {#transcript}. Out: fields that follow from these, the rules, and what the
-- layouts show. No film loads by itself, and none from elsewhere is shown in a page: a link leads there, with the name of the place and its weight.

local TYPE = "videos"
local WIDE, LINES = 17, 4 -- letters in a line of a drawn poster, and lines

local function is_there (path)
	return site.has(string.sub(path, 2))
end

-- The file of the page's text, as messages name it: "content/videos/a.tg.md:1".
local function has_transcript (page)
	local file = string.match(place(page) or "", "^(.+%.md)")
	return file ~= nil and string.find(site.read(file), "{#transcript}", 1, true) ~= nil
end

local function fields (page)
	if page.type.name ~= TYPE then return nil end
	local file, address = page.field("file"), nil
	if file then address = absolute(file) end
	return { transcript = has_transcript(page) or nil, content_url = address, url = not page.field("url") and address or nil }
end

-- ## What is shown

-- "www.youtube.com" of an address; nil where there is none, or where it is the site's own file.
local function host (page)
	local address, file = page.field("url"), page.field("file")
	if not address or file and address == absolute(file) then return nil end
	return (string.gsub(string.match(address, "^%a+://([^/?#]+)"), "^www%.", ""))
end

local function size (page)
	local megabytes = page.field("megabytes")
	return megabytes and t("share_mb", { n = number(megabytes) }) or nil
end

local function minutes (page)
	local n = page.field("minutes")
	return n and t("videos_minutes", { n = number(n) }) or nil
end

local function labels (list)
	local words = {}
	for i, one in ipairs(list or {}) do words[i] = one.label end
	return #words > 0 and table.concat(words, ", ") or nil
end

local function keys_of (list)
	local words = {}
	for i, one in ipairs(list or {}) do words[i] = one.key end
	return #words > 0 and table.concat(words, " ") or nil
end

-- The subtitles of the site's own film, beside it: /media/a.mp4 has /media/a.tg.vtt.
local function tracks (page)
	local list, stem = {}, string.match(page.field("file") or "", "^(.+)%.%w+$")
	for _, one in ipairs(stem and page.field("subtitles") or {}) do
		local path = stem .. "." .. one.key .. ".vtt"
		if is_there(path) then list[#list + 1] = { lang = one.key, label = one.label, url = path } end
	end
	return list
end

-- What readers can choose by: {key, label} of what the field NAME has in LIST, sorted by label.
local function choices (list, name)
	local found, seen = {}, {}
	for page in each(list) do
		for _, one in ipairs(page.kind == "content" and page.field(name) or {}) do
			if not seen[one.key] then
				seen[one.key] = true
				found[#found + 1] = one
			end
		end
	end
	table.sort(found, function (a, b) return a.label < b.label end)
	return found
end

-- A title as lines of a poster; what has no room ends in "…".
local function lines (title)
	local list, line = {}, ""
	for word in string.gmatch(title, "%S+") do
		if line ~= "" and utf8.len(line) + utf8.len(word) >= WIDE then
			list[#list + 1] = line
			line = word
		else
			line = line == "" and word or line .. " " .. word
		end
	end
	list[#list + 1] = line
	if #list > LINES then list = { list[1], list[2], list[3], list[4] .. "…" } end
	return list
end

-- ## Rules: what can be watched must be known beforehand, and can be read instead

-- What all languages share is told at the page that says it.
local function check_shared (page, tell)
	local file = page.field("file")
	if not page.field("minutes") then
		tell { id = "length", at = page, message = "the film's length is not told", hint = "write 'minutes: 4'" }
	end
	if not page.field("megabytes") then
		tell { id = "size", at = page, message = "what it costs to load the film is not told", hint = "write 'megabytes: 12', what the smallest quality that can be watched weighs" }
	end
	if file and not is_there(file) then
		tell { id = "file", severity = "error", at = page, message = "there is no file '" .. file .. "'", hint = "put it into content/media, or write 'url'" }
	elseif file and #tracks(page) < #(page.field("subtitles") or {}) then
		tell { id = "subtitles", severity = "hint", at = page, message = "subtitles are promised that have no file",
			hint = "put them beside the film (film.mp4: film.tg.vtt), unless they stand in the picture itself" }
	end
end

local function check (site, tell)
	for page in each(site.all_pages) do
		if page.type.name == TYPE and page.kind == "content" and not page.fallback and (page.field("url") or page.field("file")) then
			if not page.source then check_shared(page, tell) end
			if not page.field("transcript") then
				tell { id = "transcript", severity = "hint", at = page, message = "nobody can read what the film says",
					hint = "write its words below a heading with the anchor {#transcript}" }
			end
		end
	end
end

return {
	fields = fields, check = check,
	helpers = { host = host, size = size, minutes = minutes, labels = labels, keys = keys_of, tracks = tracks, choices = choices, lines = lines },
}
