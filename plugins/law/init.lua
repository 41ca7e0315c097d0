-- law: the texts of laws in time, what changed from one to the next, word by word, and what rests on each article.
--
-- In: data/laws.yaml (its head explains it), former and coming texts in data/laws/<law>/<date>.<lang>.md, the pages legislation/<law>, whose text is the one in
-- force, and the links law:<law>#<article> and sources of all other pages of the content. Out, in each language: legislation/versions/<law> with its texts,
-- legislation/changes/<law>-<date>, legislation/versions/<law>-cited, the links law:, the block ```law-versions, and warnings about pages that are older than what
-- they rest on. A text is known by the day from which it is in force.

local FOLDER = "legislation"
local VERSIONS, CHANGES = FOLDER .. "/versions", FOLDER .. "/changes"
local FILE, TEXTS = "data/laws.yaml", "data/laws/"
local DAY = 86400 -- seconds
local MOST, PATIENCE = 200, 1500000 -- the most changes that are looked for in one piece; how many steps all pieces may take together
local SHORT = 12 -- so many pages that rest on a law are listed on its own page; where there are more they have a page, and it leads there

-- ## data/laws.yaml, read once by each copy of the plugin

local laws, by_slug, faults

local function iso (seconds) return date(seconds, "iso") end

-- VERSIONS as they stand in the file, made whole; the newest that is not to come is the text of the page itself.
local function sound_versions (slug, entries)
	local list, here = {}, nil
	for i, entry in ipairs(entries) do
		local from = entry.from
		local function wrong (message, hint) faults[#faults + 1] = { id = "version", severity = "error", at = entry, message = message, hint = hint } end
		if math.type(from) ~= "integer" then
			wrong("a version of '" .. slug .. "' has no day", "write 'from: 2024-03-01', the day from which the text is in force")
		elseif #list > 0 and from <= list[#list].from then
			wrong("the versions of '" .. slug .. "' are not in order: " .. iso(from) .. " comes after " .. iso(list[#list].from), "write the oldest first")
		elseif here and i > 1 and not entry.coming and list[#list].coming then
			wrong("the version of '" .. slug .. "' from " .. iso(from) .. " comes after one that is marked 'coming'", "mark it so too, or take the mark from the other")
		else
			local one = { slug = slug, from = from, day = iso(from), entry = entry, coming = entry.coming, file = TEXTS .. slug .. "/" .. iso(from) }
			if #list > 0 then list[#list].till = from - DAY end
			if not entry.coming then here = one end
			list[#list + 1] = one
		end
	end
	if here then here.here = true end
	return list
end

local function read ()
	if laws then return laws end
	laws, by_slug, faults = {}, {}, {}
	for _, entry in ipairs((site.table(FILE) or {}).laws or {}) do
		local slug = type(entry.page) == "string" and string.match(entry.page, "^" .. FOLDER .. "/([^/]+)$")
		if not slug or by_slug[slug] then
			faults[#faults + 1] = { id = "page", severity = "error", at = entry, message = slug and "the law '" .. slug .. "' is there twice" or "a law without its page",
				hint = "write 'page: " .. FOLDER .. "/koap', the key of the page, once" }
		else
			local law = { slug = slug, entry = entry, versions = sound_versions(slug, entry.versions or {}) }
			laws[#laws + 1], by_slug[slug] = law, law
		end
	end
	return laws
end

local function law_of (slug)
	read()
	return by_slug[slug]
end

local function act_of (one, lang)
	local act = text_of(one.entry.act, lang)
	return act ~= "" and act or nil
end

local function period (one, lang)
	local from = date(one.from, "short")
	if one.till then return t_in(lang, "law_between", { from = from, till = date(one.till, "short") }) end
	return t_in(lang, "law_from", { from = from })
end

-- Where the text is to be read: the version's own page, or the law's.
local function address (one) return "/" .. (one.here and FOLDER .. "/" .. one.slug or VERSIONS .. "/" .. one.slug .. "/" .. one.day) end

-- ## A text as articles

-- A line without Markdown's marks: what is compared are words.
local function bare (line)
	if not string.find(line, "[%[<*`~\\]") then return line end
	line = string.gsub(line, "\\(%p)", function (mark) return "\1" .. string.byte(mark) .. "\2" end)
	line = string.gsub(line, "!?%[([^%[%]]*)%]%b()", "%1")
	line = string.gsub(line, "%[%[([^%]|]*)|?([^%]]*)%]%]", function (key, words) return words ~= "" and words or key end)
	line = string.gsub(line, "</?%a[^>]*>", "")
	line = string.gsub(line, "[*`~]+", "")
	return (string.gsub(line, "\1(%d+)\2", string.char))
end

-- A list's mark is a word of its own, so that a new number shows. A table's row is a line of its cells. nil: a line that says nothing.
local function words_of_line (line)
	line = string.gsub(line, "^%s*>%s?", "")
	line = string.gsub(line, "^%s*%[!%u+%]", "")
	if string.find(line, "^%*%[") or string.find(line, "^%s*|?[%s|:%-]+$") then return nil end
	local mark, rest = string.match(line, "^%s*([-*+])%s+(.*)$")
	if mark then return "• " .. bare((string.gsub(rest, "^%[[ xX]%]%s*", ""))), true end
	mark, rest = string.match(line, "^%s*(%d+[.)])%s+(.*)$")
	if mark then return mark .. " " .. bare(rest), true end
	local row = string.match(line, "^%s*|(.-)|?%s*$")
	if row then return (string.gsub(bare(row), "%s*|%s*", " | ")), true end
	return bare(line), false
end

-- What a heading is called, and its anchor.
local function heading_of (line)
	-- The longest first: looking for the shortest would try the end at every letter.
	local marks, title = string.match(line, "^(##+)%s+(.*)$")
	if not marks then return nil end
	title = string.match(title, "^(.*%S)") or ""
	local words, key = string.match(title, "^(.*){#([^}%s]+)}$")
	words = words and (string.match(words, "^(.*%S)") or "")
	return #marks, bare(words or title), key or slug(title)
end

local function without_front (text)
	if string.sub(text, 1, 4) ~= "---\n" then return text end
	local _, stop = string.find(text, "\n%-%-%-%s*\n", 4)
	return stop and string.sub(text, stop + 1) or text
end

-- { key, title, level, up = the one it lies in, raw = its text }, and the same by their keys: the words before the first heading have the key "".
local function articles (text)
	local one = { key = "", title = "", level = 1 }
	local list, of, from = { one }, { [""] = one }, 1
	text = "\n" .. string.gsub(without_front(text), "\r", "")
	for start, line, stop in string.gmatch(text, "\n()(##[^\n]*)()") do
		local level, title, key = heading_of(line)
		if level then
			one.raw, from = string.sub(text, from, start - 1), stop
			local up = one
			while up and up.level >= level do up = up.up end
			one = { key = key, title = title, level = level, up = up }
			list[#list + 1], of[key] = one, one
		end
	end
	one.raw = string.sub(text, from)
	return list, of
end

-- Its paragraphs, without marks; {} of none.
local function paragraphs (article)
	if not article or article.units then return article and article.units or {} end
	local units, open = {}, {}
	local function close ()
		if #open > 0 then units[#units + 1] = table.concat(open, " ") end
		open = {}
	end
	for line in string.gmatch(article.raw .. "\n", "([^\n]*)\n") do
		if not string.find(line, "%S") then
			close()
		else
			local words, begins = words_of_line(line)
			if begins then close() end
			if words and string.find(words, "%S") then open[#open + 1] = words end
		end
	end
	close()
	article.units = units
	return units
end

-- ## What changed

local patience -- how many steps are left

-- The pieces in which lists A and B differ: { a1, a2, b1, b2 }, where a1 … a2 - 1 of A stands against b1 … b2 - 1 of B (E. W. Myers, An O(ND) difference algorithm).
-- Where that takes too long the piece is one from its first to its last difference.
local function differences (a, b)
	local head, n, m = 0, #a, #b
	while head < n and head < m and a[head + 1] == b[head + 1] do head = head + 1 end
	while n > head and m > head and a[n] == b[m] do n, m = n - 1, m - 1 end
	if n == head and m == head then return {} end
	n, m = n - head, m - head
	local at, trace, found = { [1] = 0 }, {}, nil
	for d = 0, math.min(n + m, MOST) do
		local row = {}
		for k = -d, d, 2 do
			local x = (k == -d or k ~= d and at[k - 1] < at[k + 1]) and at[k + 1] or at[k - 1] + 1
			local begin = x
			while x < n and x - k < m and a[head + x + 1] == b[head + x - k + 1] do x = x + 1 end
			at[k], row[k], patience = x, x, patience - 1 - (x - begin)
			if x >= n and x - k >= m then found = d end
		end
		trace[d] = row
		if found or patience < 0 then break end
	end
	if not found then return { { head + 1, head + n + 1, head + 1, head + m + 1 } } end
	local list, x, y = {}, n, m
	for d = found, 1, -1 do
		local k, before = x - y, trace[d - 1]
		local from = (k == -d or k ~= d and before[k - 1] < before[k + 1]) and k + 1 or k - 1
		local px = before[from]
		local py = px - from
		local same = math.min(x - px, y - py)
		x, y = x - same, y - same
		local last = list[#list]
		if last and last[1] == head + x + 1 and last[3] == head + y + 1 then
			last[1], last[3] = head + px + 1, head + py + 1
		else
			list[#list + 1] = { head + px + 1, head + x + 1, head + py + 1, head + y + 1 }
		end
		x, y = px, py
	end
	local turned = {}
	for i = #list, 1, -1 do turned[#turned + 1] = list[i] end
	return turned
end

-- The words of paragraphs FIRST … LAST, "\n" between two of these; gaps: before which of them stands a blank.
local function words_of (units, first, last)
	local list, gaps = {}, {}
	local function add (word, gap)
		if word ~= "" then list[#list + 1], gaps[#list + 1] = word, gap end
	end
	for i = first, last do
		if i > first then add("\n", false) end
		for gap, word in string.gmatch(units[i], "(%s*)(%S+)") do
			local core, tail = string.match(word, "^(.-)([.,;:!?)]*)$")
			add(core, gap ~= "")
			add(tail, core == "" and gap ~= "")
		end
	end
	return list, gaps
end

-- Of ". New words" before "." the mark is the old one: what came or went begins with a word, and ends with its mark.
local function slid (piece, a, b)
	local list, first, last = b, 3, 4
	if piece[3] == piece[4] then list, first, last = a, 1, 2 elseif piece[1] ~= piece[2] then return end
	while list[piece[last]] and list[piece[first]] == list[piece[last]] and string.find(list[piece[first]], "^[.,;:!?)]+$") do
		for i = 1, 4 do piece[i] = piece[i] + 1 end
	end
end

-- A short word alone between two changes would only break them up: it goes with them.
local function joined (pieces, a, b)
	local list = {}
	for _, piece in ipairs(pieces) do
		slid(piece, a, b)
		local last = list[#list]
		local between = last and table.concat(b, " ", last[4], piece[3] - 1)
		if between and piece[3] - last[4] <= 2 and utf8.len(between) <= 3 and not string.find(between, "\n", 1, true) then
			last[2], last[4] = piece[2], piece[4]
		else
			list[#list + 1] = piece
		end
	end
	return list
end

local function marked (mark, words, marks) return "<" .. mark .. ' title="' .. marks[mark] .. '">' .. plain(words) .. "</" .. mark .. ">" end

-- Paragraphs a1 … of the old article against b1 … of the new one, as lines of Markdown.
local function paragraph_changes (old, new, piece, marks)
	local a, a_gaps = words_of(old, piece[1], piece[2] - 1)
	local b, b_gaps = words_of(new, piece[3], piece[4] - 1)
	local lines, line = {}, ""
	local function put (mark, list, gaps, first, last)
		local run, gap = {}, false
		local function flush ()
			if #run == 0 then return end
			local words = table.concat(run)
			local glue = line ~= "" and (gap or mark and string.sub(line, -1) == ">")
			line, run = line .. (glue and " " or "") .. (mark and marked(mark, words, marks) or plain(words)), {}
		end
		for i = first, last do
			if list[i] == "\n" then
				flush()
				if line ~= "" then lines[#lines + 1], line = line, "" end
			else
				if #run == 0 then gap = gaps[i] elseif gaps[i] then run[#run + 1] = " " end
				run[#run + 1] = list[i]
			end
		end
		flush()
	end
	local from = 1
	for _, one in ipairs(joined(differences(a, b), a, b)) do
		put(nil, b, b_gaps, from, one[3] - 1)
		put("del", a, a_gaps, one[1], one[2] - 1)
		put("ins", b, b_gaps, one[3], one[4] - 1)
		from = one[4]
	end
	put(nil, b, b_gaps, from, #b)
	if line ~= "" then lines[#lines + 1] = line end
	return lines
end

-- An article that only one of the texts has is marked as a whole. What lies between two changes and is the same is "…".
local function article_changes (change, marks)
	local old, new = paragraphs(change.old), paragraphs(change.new)
	local named, lines, from = change.new or change.old, {}, 1
	if named.key ~= "" then
		local title = change.old and change.new and plain(named.title) or marked(change.new and "ins" or "del", named.title, marks)
		lines[1] = "## " .. title .. " {#" .. named.key .. "}"
	end
	if change.old and change.new and change.old.title ~= change.new.title then
		for _, line in ipairs(paragraph_changes({ change.old.title }, { change.new.title }, { 1, 2, 1, 2 }, marks)) do lines[#lines + 1] = line end
	end
	for _, piece in ipairs(differences(old, new)) do
		if piece[3] > from then lines[#lines + 1] = "…" end
		for _, line in ipairs(paragraph_changes(old, new, piece, marks)) do lines[#lines + 1] = line end
		from = piece[4]
	end
	if from <= #new then lines[#lines + 1] = "…" end
	return lines
end

local function differ (old, new)
	if not old or not new or old.title ~= new.title then return true end
	if old.raw == new.raw then return false end
	old, new = paragraphs(old), paragraphs(new)
	if #old ~= #new then return true end
	for i = 1, #old do
		if old[i] ~= new[i] then return true end
	end
	return false
end

-- The articles that differ, in the order of the new text, each that is gone behind the one that it stood behind: { key, old, new }; nil for the side that has it not.
local function changed_articles (old, old_of, new, new_of)
	local behind, list, before = {}, {}, ""
	for _, one in ipairs(old) do
		if new_of[one.key] then
			before = one.key
		else
			behind[before] = behind[before] or {}
			table.insert(behind[before], { key = one.key, old = one })
		end
	end
	for _, one in ipairs(new) do
		if differ(old_of[one.key], one) then list[#list + 1] = { key = one.key, old = old_of[one.key], new = one } end
		for _, gone in ipairs(behind[one.key] or {}) do list[#list + 1] = gone end
	end
	return list
end

-- ## What the content has: its laws, and what rests on them; found in one walk

-- { pages = { [slug] = { [lang] = page } }, cites = { [slug] = { { page, id, line, or words of a source } } }, headings = { ["slug.lang"] = { { id, title } } } }
local found

local function law_pages ()
	local pages, any = {}, false
	for page in each(site.all_pages) do
		local own = string.match(page.key, "^" .. FOLDER .. "/([^/]+)$")
		if own and not page.fallback and page.file and string.find(page.file, "%.md$") then
			pages[own] = pages[own] or {}
			pages[own][page.lang], any = page, true
		end
	end
	return pages, any
end

-- By the day of adoption and by the official title: how a page's sources name a law.
local function names_of_laws (pages)
	local by_day, by_title = {}, {}
	for own, of in pairs(pages) do
		for _, page in pairs(of) do
			local title, day, number = page.field("official_title"), page.field("adopted"), page.field("number")
			if title then by_title[title] = own end
			if day and number then
				by_day[day] = by_day[day] or {}
				number = tostring(number)
				by_day[day][own] = { number = number, pattern = "[%s№]" .. string.gsub(number, "%p", "%%%0") .. "[%s,.»\"]" }
			end
		end
	end
	return by_day, by_title
end

local function law_of_source (source, by_day, by_title)
	if by_title[source.title] then return by_title[source.title] end
	for own, law in pairs(source.title and by_day[source.date or ""] or {}) do
		if string.find(source.title, law.number, 1, true) and string.find(" " .. source.title .. " ", law.pattern) then return own end
	end
end

-- What a link to a law has in it, what stands before that, and what follows: the law, and its article. Patterns are tried where the words were found alone, as lines are long.
local LINKS = { { "law:", "[(<]", "^([^)>#@%s]+)([^)>%s]*)" }, { FOLDER .. "/", "[(%[/]", "^([^)%]|#/%s]+)([^)%]|%s]*)" } }

-- Calls FOUND_ONE with each law that TEXT links to, and the rest of the address.
local function each_link (text, found_one)
	-- Code shows how a link is written, and is none.
	if string.find(text, "`", 1, true) then text = string.gsub(text, "`[^`]*`", " ") end
	for _, link in ipairs(LINKS) do
		local words, before, address = link[1], link[2], link[3]
		local from, to = string.find(text, words, 1, true)
		while from do
			if from > 1 and string.find(string.sub(text, from - 1, from - 1), before) then
				local own, rest = string.match(text, address, to + 1)
				if own then found_one(own, rest) end
			end
			from, to = string.find(text, words, to + 1, true)
		end
	end
end

local function walk ()
	if found then return found end
	local pages, any = law_pages()
	local by_day, by_title = names_of_laws(pages)
	found = { pages = pages, cites = {}, any = any, headings = {} }
	local articles_of, named = {}, false -- of each law the articles that are cited, whose headings are looked for
	if not any then return found end
	local function cite (own, page, id, line, words)
		if string.sub(own, -3) == ".md" then own = string.gsub(own, "%.?%a*%.md$", "") end
		-- What the team reads is no page of readers'.
		if not pages[own] or page.key == FOLDER .. "/" .. own or page.type.team then return end
		found.cites[own] = found.cites[own] or {}
		table.insert(found.cites[own], { page = page, id = id, line = line, words = words })
		if id ~= "" then
			articles_of[own], named = articles_of[own] or {}, true
			articles_of[own][id] = true
		end
	end
	for _, hit in ipairs(site.find({ LINKS[1][1], LINKS[2][1] })) do
		local page, line = hit.page, hit.line
		each_link(hit.text, function (own, rest) cite(own, page, string.match(rest, "#([^@]+)") or "", line) end)
	end
	for page in each((#keys(by_day) > 0 or #keys(by_title) > 0) and site.all_pages or {}) do
		for source in each(not page.fallback and page.sources or {}) do
			local own = law_of_source(source, by_day, by_title)
			if own then cite(own, page, "", nil, source.title) end
		end
	end
	for _, hit in ipairs(named and site.find("##", FOLDER .. "/") or {}) do
		local own = string.sub(hit.page.key, #FOLDER + 2)
		local level, title, id = heading_of(articles_of[own] and hit.text or "")
		if level and articles_of[own][id] then
			local of = found.headings[own .. "." .. hit.page.lang] or {}
			found.headings[own .. "." .. hit.page.lang] = of
			of[#of + 1] = { id = id, title = title }
		end
	end
	return found
end

-- The text of a version in LANG as it stands in its file; nil: it has none.
local function text_of_version (one, lang)
	if one.here then
		local page = (walk().pages[one.slug] or {})[lang]
		return page and site.read(page.file)
	end
	local file = one.file .. "." .. lang .. ".md"
	return site.has(file) and site.read(file) or nil
end

-- The pages that rest on a law, by its articles in their order: { id, title, keys }. One that names articles is not once more with the whole.
local function resting (own, lang)
	local groups, of = {}, {}
	local function group (id, title)
		of[id] = { id = id, title = title, keys = {}, seen = {} }
		groups[#groups + 1] = of[id]
	end
	group("", t_in(lang, "law_whole"))
	for _, heading in ipairs(walk().headings[own .. "." .. lang] or {}) do
		if not of[heading.id] then group(heading.id, heading.title) end
	end
	local narrower = {}
	local function put (to, key)
		if to.seen[key] or to == of[""] and narrower[key] then return end
		to.seen[key], narrower[key] = true, true
		to.keys[#to.keys + 1] = key
	end
	local cites, whole = walk().cites[own] or {}, of[""]
	for _, cited in ipairs(cites) do
		local to = of[cited.id] or whole
		if to ~= whole then put(to, cited.page.key) end
	end
	for _, cited in ipairs(cites) do
		if (of[cited.id] or whole) == whole then put(whole, cited.page.key) end
	end
	local list = {}
	for _, one in ipairs(groups) do
		table.sort(one.keys)
		if #one.keys > 0 then list[#list + 1] = { id = one.id, title = one.title, keys = one.keys } end
	end
	return list
end

-- ## Pages

local function link (words, to) return "[" .. plain(words) .. "](" .. to .. ")" end

local function title_of (own, lang)
	local of = walk().pages[own] or {}
	local page = of[lang]
	for _, other in pairs(of) do page = page or other end
	return page and page.title or own
end

local function page_of_law (own, lang) return (walk().pages[own] or {})[lang] end

-- A former or coming text: what it is, what brought it, and its words.
local function version_page (one, text, lang)
	local law, state = page_of_law(one.slug, lang), t_in(lang, one.coming and "law_coming" or "law_past")
	local where = { link(t_in(lang, "law_current"), "/" .. FOLDER .. "/" .. one.slug), link(t_in(lang, "law_versions"), "/" .. VERSIONS .. "/" .. one.slug) }
	local about = state .. " " .. t_in(lang, "law_in_force", { period = period(one, lang) }) .. "."
	return {
		key = VERSIONS .. "/" .. one.slug .. "/" .. one.day, lang = lang, from = one.entry, type = VERSIONS, search = false,
		title = t_in(lang, "law_version_title", { title = title_of(one.slug, lang), date = date(one.from, "short") }),
		description = about, lastmod = one.from, status = law and law.status,
		law = law and law.key, number = law and law.field("number"), adopted = law and law.field("adopted"),
		act = act_of(one, lang), published = one.entry.published, in_force = one.from, until_day = one.till, official = one.entry.url,
		force = "NotInForce",
		body = "> [!WARNING]\n> **" .. state .. "** " .. table.concat(where, ". ") .. ".\n\n" .. without_front(text),
	}
end

local function change_body (before, one, list, lang)
	local marks = { ins = t_in(lang, "law_added"), del = t_in(lang, "law_removed") }
	local parts = {}
	local about = { plain(t_in(lang, "law_in_force", { period = period(one, lang) })) }
	if one.entry.published then about[#about + 1] = plain(t_in(lang, "law_published", { date = date(one.entry.published, "short") })) end
	parts[#parts + 1] = table.concat(about, ". ") .. "."
	parts[#parts + 1] = link(t_in(lang, "law_before"), address(before)) .. " · " .. link(t_in(lang, "law_after"), address(one)) .. " · "
		.. link(t_in(lang, "law_versions"), "/" .. VERSIONS .. "/" .. one.slug)
	parts[#parts + 1] = #list == 0 and t_in(lang, "law_same")
		or "<del>" .. marks.del .. "</del>, <ins>" .. marks.ins .. "</ins>. " .. t_in(lang, "law_legend")
	for _, change in ipairs(list) do
		for _, line in ipairs(article_changes(change, marks)) do parts[#parts + 1] = line end
	end
	return table.concat(parts, "\n\n") .. "\n"
end

local function change_page (before, one, list, lang)
	local law = page_of_law(one.slug, lang)
	return {
		key = CHANGES .. "/" .. one.slug .. "-" .. one.day, lang = lang, from = one.entry, type = CHANGES, search = false, date = one.from, lastmod = one.from,
		title = t_in(lang, "law_change_title", { title = title_of(one.slug, lang), date = date(one.from, "short") }), description = act_of(one, lang),
		status = law and law.status, body = change_body(before, one, list, lang),
	}
end

local resting_on = {} -- by "law.lang"

-- What rests on a law: { law, groups, count = how many pages that are }; nil where the law has no page in LANG.
local function rests_of (own, lang)
	local name = own .. "." .. lang
	if resting_on[name] or not page_of_law(own, lang) then return resting_on[name] end
	local groups, n, seen = resting(own, lang), 0, {}
	for _, group in ipairs(groups) do
		for _, key in ipairs(group.keys) do n, seen[key] = n + (seen[key] and 0 or 1), true end
	end
	resting_on[name] = { law = own, groups = groups, count = n }
	return resting_on[name]
end

local function cited_page (rests, lang)
	local own, parts = rests.law, {}
	for _, group in ipairs(rests.groups) do
		local current = "/" .. FOLDER .. "/" .. own .. (group.id ~= "" and "#" .. group.id or "")
		parts[#parts + 1] = "## " .. plain(group.title) .. (group.id ~= "" and " {#" .. group.id .. "}" or "")
		local list = group.id ~= "" and { link(t_in(lang, "law_read"), current), "" } or {}
		for _, key in ipairs(group.keys) do list[#list + 1] = "- [[" .. key .. "]]" end
		parts[#parts + 1] = table.concat(list, "\n")
	end
	return {
		key = VERSIONS .. "/" .. own .. "-cited", lang = lang, type = CHANGES, search = false, weight = 1000,
		from = page_of_law(own, lang), title = t_in(lang, "law_cited_title", { title = title_of(own, lang) }),
		description = t_in(lang, "law_cited_lead", { n = rests.count }), body = table.concat(parts, "\n\n") .. "\n",
	}
end

-- What changed in each article, and when last: for the check. A chapter changes with its articles.
local last_change -- { [slug] = { [id] = version } }

local function note_changes (one, list)
	local of = last_change[one.slug] or {}
	last_change[one.slug] = of
	for _, change in ipairs(list) do
		local article = change.new or change.old
		while article do
			of[article.key], article = one, article.up
		end
		of[""] = one
	end
end

local function law_made (law, lang, made)
	local before, old, old_of
	for _, one in ipairs(law.versions) do
		local text, new, new_of = text_of_version(one, lang), nil, nil
		if text and not one.here then made[#made + 1] = version_page(one, text, lang) end
		if text and #law.versions > 1 then new, new_of = articles(text) end
		if new and old then
			local list = changed_articles(old, old_of, new, new_of)
			one.same = #list == 0
			if not one.coming then note_changes(one, list) end
			made[#made + 1] = change_page(before, one, list, lang)
		end
		before, old, old_of = one, new, new_of
	end
	if #law.versions > 1 then
		made[#made + 1] = {
			key = VERSIONS .. "/" .. law.slug, lang = lang, from = law.entry, title = t_in(lang, "law_versions_title", { title = title_of(law.slug, lang) }),
			description = t_in(lang, "law_versions_lead"), search = false, body = "```law-versions " .. law.slug .. "\n```\n",
		}
	end
end

local function pages ()
	local made, found_pages = {}, walk()
	last_change, patience = {}, PATIENCE
	if not found_pages.any then return nil end
	for language in each(site.languages) do
		local lang, before = language.code, #made
		for _, law in ipairs(read()) do
			if found_pages.pages[law.slug] then law_made(law, lang, made) end
		end
		if #made > before then
			made[#made + 1] = { key = CHANGES, lang = lang, type = CHANGES, title = t_in(lang, "law_changes"), body = t_in(lang, "law_changes_lead"), search = false }
		end
		for _, own in ipairs(keys(found_pages.cites)) do
			local rests = rests_of(own, lang)
			if rests and rests.count > SHORT then made[#made + 1] = cited_page(rests, lang) end
		end
		if #made > before then made[#made + 1] = { key = VERSIONS, lang = lang, title = t_in(lang, "law_all"), body = t_in(lang, "law_all_lead"), search = false } end
	end
	return made
end

-- What rests on each law, for the layouts: { ["law.lang"] = { groups, count } }.
local function gather ()
	for own in pairs(walk().cites) do
		for language in each(site.languages) do rests_of(own, language.code) end
	end
	return resting_on
end

-- ## ```law-versions koap: which text was in force when; with a script, on the day that is asked for

local function ask (lang)
	local function words (key) return escape(t_in(lang, key)) end
	return '<div class="asof" hidden data-then="' .. words("law_then") .. '" data-none="' .. words("law_not_yet") .. '" data-uses="go"><label>' .. words("law_on_day")
		.. ' <input type="date"></label><p role="status"></p></div>'
end

local function versions_block (args, _, page)
	local law, lang = law_of(args[1]), page.lang
	if not law then error("no law '" .. tostring(args[1]) .. "' in content/" .. FILE, 0) end
	local rows, data = {}, {}
	for i = #law.versions, 1, -1 do
		local one = law.versions[i]
		local changes, what = CHANGES .. "/" .. law.slug .. "-" .. one.day, { plain(act_of(one, lang) or "–") }
		if one.entry.published then what[#what + 1] = plain(t_in(lang, "law_published", { date = date(one.entry.published, "short") })) end
		if i > 1 and page_by_key(changes) then what[#what + 1] = link(t_in(lang, "law_change"), "/" .. changes) end
		local state = one.here and t_in(lang, "law_current") or one.coming and t_in(lang, "law_coming")
		rows[#rows + 1] = { link(period(one, lang), address(one)) .. (state and ". " .. plain(state) or ""), table.concat(what, ". ") .. "." }
		data[#data + 1] = { from = one.day }
	end
	return {
		{ "table", head = { t_in(lang, "law_when"), t_in(lang, "law_by") }, rows = rows, data = data },
		web = ask(lang), script = "asof.js", style = "law.css",
	}
end

-- ## Links

-- law:koap#5 leads to the text in force, law:koap#5@2024-06-01 to the one that was in force on that day.
local function law_link (target)
	local own, id, day = string.match(target, "^([^#@]+)(#?[^@]*)@?(.*)$")
	local law, to = own and law_of(own), nil
	for _, one in ipairs(law and day ~= "" and law.versions or {}) do
		if one.day <= day then to = one end
	end
	if not own or day ~= "" and not to then return nil end
	return (to and address(to) or "/" .. FOLDER .. "/" .. own) .. id
end

-- ## What is wrong

local function line_of (page, words)
	local text = site.read(page.file)
	local at = string.find(text, words, 1, true)
	if not at then return nil end
	return select(2, string.gsub(string.sub(text, 1, at), "\n", "\n")) + 1
end

-- A page that rests on an article is older than the article's last change.
local function check_older (own, cited, tell)
	local of, page = last_change[own] or {}, cited.page
	local one, when = of[cited.id], page.reviewed or page.date
	if one and when and when < one.from then
		local article = cited.id ~= "" and "the article '" .. cited.id .. "' of " or ""
		tell {
			id = "older", at = page, line = cited.line or line_of(page, cited.words),
			message = "the page is of " .. iso(when) .. ", but " .. article .. "'" .. title_of(own, page.lang) .. "', on which it rests, changed on " .. one.day,
			hint = "read /" .. page.lang .. "/" .. CHANGES .. "/" .. own .. "-" .. one.day .. "/, mend the page, and set 'reviewed'",
		}
	end
end

local function check_version (one, tell)
	local missing, any = {}, false
	for language in each(site.languages) do
		local there = text_of_version(one, language.code)
		any = any or there
		if not there and not one.here then missing[#missing + 1] = "content/" .. one.file .. "." .. language.code .. ".md" end
	end
	if #missing > 0 then
		tell { id = "text", severity = any and "warning" or "error", at = one.entry, message = "the version of " .. one.day .. " has no text: there is no file " .. table.concat(missing, " and no file ") }
	end
	if one.same then tell { id = "same", at = one.entry, message = "the text of " .. one.day .. " has the same words as the one before it" } end
	if not one.entry.act then tell { id = "act", at = one.entry, message = "nothing says what brought the text of " .. one.day, hint = "write 'act: {ru: …}', the law that changed it, with number and date" } end
	if one.coming and one.from <= site.now then
		tell { id = "coming", at = one.entry, message = "the text of " .. one.day .. " is in force since that day, and the page still has the one before",
			hint = "put the page's text into content/data/laws/" .. one.slug .. "/, the new one into the page, and take 'coming' away" }
	end
end

local function check (_, tell)
	local all = walk()
	if not last_change then pages() end
	for _, fault in ipairs(read() and faults) do tell(fault) end
	for _, law in ipairs(laws) do
		if not all.pages[law.slug] then
			tell { id = "page", severity = "error", at = law.entry, message = "there is no page '" .. FOLDER .. "/" .. law.slug .. "'" }
		else
			for _, one in ipairs(law.versions) do check_version(one, tell) end
		end
	end
	for _, own in ipairs(keys(all.cites)) do
		for _, cited in ipairs(all.cites[own]) do check_older(own, cited, tell) end
	end
end

-- ## What the layout of a law shows

-- { all = the page of its versions, count, changed = when last, changes = the page of that, coming = the next text's page and day }; nil: it has one text alone.
local function times (page)
	local law = law_of(string.match(page.key, "([^/]+)$"))
	local all = law and page_by_key(VERSIONS .. "/" .. law.slug)
	if not all then return nil end
	local now, coming
	for _, one in ipairs(law.versions) do
		if one.here then now = one elseif one.coming then coming = coming or one end
	end
	return {
		all = all, count = #law.versions, from = now and now.from, published = now and now.entry.published, changes = now and page_by_key(CHANGES .. "/" .. law.slug .. "-" .. now.day),
		coming = coming and { page = page_by_key(VERSIONS .. "/" .. law.slug .. "/" .. coming.day), from = coming.from },
	}
end

-- What rests on it: { list = the page of all, where they are many, count, groups = { id, title, pages }, where they are few }.
local function rests (page)
	local own = string.match(page.key, "([^/]+)$")
	local one, groups = gathered()[own .. "." .. page.lang], {}
	if not one then return nil end
	local list = page_by_key(VERSIONS .. "/" .. own .. "-cited")
	for group in each(list and {} or one.groups) do
		local found_pages = {}
		for key in each(group.keys) do found_pages[#found_pages + 1] = page_by_key(key) end
		groups[#groups + 1] = { id = group.id, title = group.title, pages = found_pages }
	end
	return { list = list, count = one.count, groups = groups }
end

return {
	pages = pages, gather = gather, check = check, blocks = { ["law-versions"] = versions_block }, links = { law = law_link },
	helpers = { times = times, rests = rests },
}
