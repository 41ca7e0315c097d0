-- statistics: figures as tables and drawings, from CSV files.
--
-- In: data/statistics.yaml (its head explains it) and the CSV files that it names. Out: a page for each table in each language, the
-- block ```chart, and each table as a CSV in the reader's words. A drawing never stands alone: the numbers are in the table under it.

local FILE, SECTION, KINDS = "data/statistics.yaml", "statistics", { bars = true, lines = true, pyramid = true }

-- A drawing is as wide as a small phone; what has no fill has the colour of the text. The fills differ in lightness, for a press with one ink.
local WIDTH, FILLS, DASHES = 320, { "#3b6fc4", "#f5b32f", "#c9d2e0", "#7a8699" }, { false, "7 4", "2 3", "12 3 2 3" }

local function read () return site.table(FILE) or {} end

-- ## One table: its columns in the order of the file's first line, its rows as {label, numbers}

local function names_of (text)
	local names = {}
	for name in string.gmatch(string.match(text, "[^\r\n]*") .. ",", "%s*\"?([^,;\"]*)\"?%s*[,;]") do names[#names + 1] = name end
	return names
end

local function load_table (entry, lang)
	local names = names_of(site.read(entry.file))
	local one = { head = { text_of(entry.rows, lang) }, rows = {}, top = 0, firsts = {} }
	for i = 2, #names do one.head[i] = text_of(entry.columns and entry.columns[names[i]] or names[i], lang) end
	for _, line in ipairs(site.csv(entry.file)) do
		local first = line[names[1]]
		local row = { label = text_of(entry.labels and entry.labels[first] or first, lang), line = line }
		for i = 2, #names do
			row[i - 1] = tonumber(line[names[i]])
			one.top = math.max(one.top, row[i - 1] or 0)
		end
		one.rows[#one.rows + 1] = row
		one.firsts[#one.rows] = tonumber(first)
	end
	one.columns = #names - 1
	return one
end

-- ## Drawings

local function words (x, y, text, more)
	local attributes = { x = x, y = y, ["font-size"] = 13 }
	for name, value in pairs(more or {}) do attributes[name] = value end
	return svg.el("text", attributes, text)
end

local function box (x, y, width, height, series)
	return svg.el("rect", { x = x, y = y, width = math.max(width, 0), height = height, fill = FILLS[(series - 1) % #FILLS + 1], stroke = "currentColor", ["stroke-width"] = 0.8 })
end

-- What each fill or dash stands for, a line each.
local function legend (parts, one, mark)
	for i = 1, one.columns do
		parts[#parts + 1] = mark(i, (i - 1) * 20 + 3)
		parts[#parts + 1] = words(34, (i - 1) * 20 + 15, one.head[i + 1])
	end
	return one.columns * 20 + 12
end

local function swatch (i, y) return box(6, y, 20, 13, i) end

-- Rows below each other: the label, then a bar a column with its number.
local function bars (one)
	local parts = {}
	local y = one.columns > 1 and legend(parts, one, swatch) or 4
	for _, row in ipairs(one.rows) do
		parts[#parts + 1] = words(0, y + 12, row.label, { ["font-weight"] = 700 })
		y = y + 18
		for i = 1, one.columns do
			if row[i] then
				local width = one.top > 0 and row[i] / one.top * (WIDTH - 74) or 0
				parts[#parts + 1] = box(1, y, width, 15, i)
				parts[#parts + 1] = words(width + 6, y + 12.5, number(row[i]))
			end
			y = y + 18
		end
		y = y + 8
	end
	return parts, y
end

-- The least 1, 2 or 5 times a power of ten of which four reach TOP.
local function step_for (top)
	local step = 1
	while step * 4 < top do step = step * 10 end
	while step > 1e-6 and step / 10 * 4 >= top do step = step / 10 end
	if step / 5 * 4 >= top then return step / 5 end
	return step / 2 * 4 >= top and step / 2 or step
end

local function mark_at (i, x, y)
	local fill, stroke = FILLS[(i - 1) % #FILLS + 1], "currentColor"
	if i % 2 == 1 then return svg.el("circle", { cx = x, cy = y, r = 4.5, fill = fill, stroke = stroke }) end
	return svg.el("rect", { x = x - 4, y = y - 4, width = 8, height = 8, fill = fill, stroke = stroke })
end

local function stroke (i, points)
	return svg.el("path", { d = svg.path(points), fill = "none", stroke = "currentColor", ["stroke-width"] = 2, ["stroke-dasharray"] = DASHES[(i - 1) % #DASHES + 1] })
end

local function key_of_line (i, y) return { stroke(i, { { 2, y + 7 }, { 30, y + 7 } }), mark_at(i, 16, y + 7) } end

-- Where each row stands from left to right: by its number (years), else at equal distances.
local function places (one, left, right)
	local n, at = #one.rows, {}
	local by_number = #one.firsts == n and n > 1 and one.firsts[n] > one.firsts[1]
	for i = 1, n do
		local part = n > 1 and (i - 1) / (n - 1) or 0
		if by_number then part = (one.firsts[i] - one.firsts[1]) / (one.firsts[n] - one.firsts[1]) end
		at[i] = left + part * (right - left)
	end
	return at
end

local function lines (one)
	local parts, left, high = {}, 58, 170
	local top = legend(parts, one, key_of_line) + 8
	local bottom, step, n = top + high, step_for(math.max(one.top, 1e-6)), 0
	while n * step < one.top do n = n + 1 end
	n = math.max(n, 1)
	for i = 0, n do
		local y = bottom - i / n * high
		parts[#parts + 1] = svg.el("path", { d = svg.path { { left, y }, { WIDTH - 4, y } }, stroke = "currentColor", ["stroke-opacity"] = 0.3 })
		parts[#parts + 1] = words(left - 6, y + 4.5, number(i * step), { ["text-anchor"] = "end" })
	end
	local at, free = places(one, left + 16, WIDTH - 18), 0
	for i, row in ipairs(one.rows) do
		local half = utf8.len(row.label) * 4
		if at[i] - half >= free then
			parts[#parts + 1] = words(at[i], bottom + 18, row.label, { ["text-anchor"] = "middle" })
			free = at[i] + half
		end
	end
	for column = 1, one.columns do
		local points, marks = {}, {}
		for i, row in ipairs(one.rows) do
			if row[column] then
				points[#points + 1] = { at[i], bottom - row[column] / (n * step) * high }
				marks[#marks + 1] = mark_at(column, points[#points][1], points[#points][2])
			end
		end
		if #points > 1 then parts[#parts + 1] = stroke(column, points) end
		parts[#parts + 1] = marks
	end
	return parts, bottom + 26
end

-- The first column to the left, the second to the right, the first row at the bottom.
local function pyramid (one)
	local parts, middle, half = {}, WIDTH / 2, 26
	local y, widest = legend(parts, one, swatch), middle - half - 34
	for r = #one.rows, 1, -1 do
		local row = one.rows[r]
		local left, right = (row[1] or 0) / math.max(one.top, 1e-6) * widest, (row[2] or 0) / math.max(one.top, 1e-6) * widest
		parts[#parts + 1] = { box(middle - half - left, y, left, 16, 1), box(middle + half, y, right, 16, 2) }
		parts[#parts + 1] = words(middle, y + 12.5, row.label, { ["text-anchor"] = "middle" })
		parts[#parts + 1] = words(middle - half - left - 4, y + 12.5, number(row[1]), { ["text-anchor"] = "end" })
		parts[#parts + 1] = words(middle + half + right + 4, y + 12.5, number(row[2]))
		y = y + 20
	end
	return parts, y + 4
end

local DRAW = { bars = bars, lines = lines, pyramid = pyramid }

local function drawing (kind, one, title, unit)
	local parts, height = DRAW[kind](one)
	return svg.el("svg", { viewBox = { 0, 0, WIDTH, height }, width = WIDTH, height = height, fill = "currentColor" },
		svg.el("title", {}, title), svg.el("desc", {}, unit), parts)
end

-- ## The block

local function numbers (one)
	local rows, align = {}, { "left" }
	for r, row in ipairs(one.rows) do
		rows[r] = { plain(row.label) }
		for i = 1, one.columns do
			rows[r][i + 1] = number(row[i])
			align[i + 1] = "right"
		end
	end
	local head = {}
	for i, name in ipairs(one.head) do head[i] = plain(name) end
	return { "table", head = head, rows = rows, align = align }
end

local function sources (entry, lang)
	local list = {}
	for _, source in ipairs(entry.sources or {}) do
		local text = plain(text_of(source.title, lang))
		if source.url then text = "[" .. text .. "](<" .. source.url .. ">)" end
		list[#list + 1] = text .. (source.date and ", " .. date(source.date) or "")
	end
	if #list > 0 then return { "paragraph", "**" .. t_in(lang, "statistics_source") .. ":** " .. table.concat(list, "; ") } end
end

-- ```chart population, or ```chart file=data/visits.csv kind=bars for a file that data/statistics.yaml does not name
local function chart (args, _, page)
	local lang, entry = page.lang, by_key(read().tables)[args[1]]
	if args[1] and not entry then error("no table '" .. args[1] .. "' in content/" .. FILE, 0) end
	if not entry then entry = { file = args.file, title = args.title, rows = "", columns = {}, unit = args.unit } end
	local kind = args.kind or entry.kind or "bars"
	if not entry.file then error("say which table: its key, or file=", 0) end
	if not KINDS[kind] then error("kind= is bars, lines or pyramid, not '" .. kind .. "'", 0) end
	local one, title, unit = load_table(entry, lang), text_of(entry.title or entry.file, lang), text_of(entry.unit, lang)
	local own = page.key == SECTION .. "/" .. tostring(entry.key)
	local parts = { { "figure", svg = drawing(kind, one, title, unit), alt = t_in(lang, "statistics_alt", { title = title }),
		caption = plain(own and unit or title .. (unit ~= "" and ", " .. unit or "")) }, numbers(one) }
	if entry.note then parts[#parts + 1] = { "callout", kind = "note", plain(text_of(entry.note, lang)) } end
	if not own then parts[#parts + 1] = sources(entry, lang) end
	if entry.key then
		parts[#parts + 1] = { "paragraph", "[" .. t_in(lang, "statistics_csv") .. "](/" .. lang .. "/" .. SECTION .. "/" .. entry.key .. ".csv)" }
	end
	return parts
end

-- ## Pages and files

local function page_of (entry, lang, weight)
	local list = {}
	for i, source in ipairs(entry.sources or {}) do list[i] = { title = text_of(source.title, lang), url = source.url, date = source.date and date(source.date, "iso") } end
	return {
		key = SECTION .. "/" .. entry.key, lang = lang, from = entry, title = text_of(entry.title, lang), weight = weight,
		sources = #list > 0 and list or nil, related = entry.page and { entry.page } or nil, status = read().status, search = not entry.example,
		body = "```chart " .. entry.key .. "\n```\n",
	}
end

local function pages (site)
	local made = {}
	for language in each(site.languages) do
		for i, entry in ipairs(read().tables or {}) do made[#made + 1] = page_of(entry, language.code, 100 + i) end
	end
	return made
end

local function file_of (entry, lang)
	local one, rows = load_table(entry, lang), {}
	for r, row in ipairs(one.rows) do
		rows[r] = { [one.head[1]] = row.label }
		for i = 1, one.columns do rows[r][one.head[i + 1]] = row[i] end
	end
	return { path = lang .. "/" .. SECTION .. "/" .. entry.key .. ".csv", body = csv(rows, one.head) }
end

local function files (site)
	local made = {}
	for language in each(site.languages) do
		for _, entry in ipairs(read().tables or {}) do made[#made + 1] = file_of(entry, language.code) end
	end
	return made
end

-- ## What is wrong in the tables

local function check_cells (entry, names, tell)
	for _, line in ipairs(site.csv(entry.file)) do
		for i = 2, #names do
			local cell = line[names[i]]
			if cell and cell ~= "" and not tonumber(cell) then
				tell { id = "number", severity = "error", at = line, message = "'" .. cell .. "' in the column '" .. names[i] .. "' is not a number",
					hint = "write digits with a point and no blanks; leave the cell empty where nothing is known" }
			end
		end
	end
end

local function check (_, tell)
	for _, entry in ipairs(read().tables or {}) do
		local there = entry.file and site.has(entry.file)
		if not KINDS[entry.kind] then
			tell { id = "kind", severity = "error", at = entry, message = "kind is bars, lines or pyramid, not '" .. tostring(entry.kind) .. "'" }
		end
		if not entry.example and #(entry.sources or {}) == 0 then
			tell { id = "source", at = entry, message = "the table '" .. tostring(entry.key) .. "' has no source", hint = "name who counted, and when; or mark it example: true" }
		end
		if not there then
			tell { id = "file", severity = "error", at = entry, message = "no file '" .. tostring(entry.file) .. "'" }
		else
			local names = names_of(site.read(entry.file))
			if entry.kind == "pyramid" and #names ~= 3 then
				tell { id = "pyramid", severity = "error", at = entry, message = "a pyramid has two columns of numbers, not " .. #names - 1 }
			end
			check_cells(entry, names, tell)
		end
	end
end

return { pages = pages, files = files, check = check, blocks = { chart = chart } }
