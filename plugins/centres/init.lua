-- centres: who helps, by province and country.
--
-- In: data/centres.yaml (its head explains it) and the drawings that its `maps` name. Out: the section centres/ with a page for each province and
-- country, a page with the quick exit for each sensitive kind, the block ```centres, and cards for the phone's contacts (vCard). What a kind
-- withholds is taken away when the table is read, so that nothing below can show it.

local FILE, SECTION = "data/centres.yaml", "centres"
local DAYS = { mo = 0, tu = 1, we = 2, th = 3, fr = 4, sa = 5, su = 6 }
local DAY, WEEK = 24 * 60, 7 * 24 * 60

local function listed (value)
	if value == nil or type(value) == "table" then return value or {} end
	return { value }
end

-- A sensitive centre stands with its kind, apart from the others.
local function group_of (data, one)
	local kind = data.kind[one.kind]
	return kind and kind.sensitive and one.kind or one.province or one.country
end

local data -- the file's table, without what is withheld; nil: the site has none, or it is not yet read

local function read ()
	local value = not data and site.table(FILE)
	if not value then return data end
	for singular, plural in pairs({ kind = "kinds", service = "services", province = "provinces", country = "countries", map = "maps" }) do
		value[singular] = by_key(value[plural])
	end
	for _, one in ipairs(value.centres or {}) do
		local kind = value.kind[one.kind]
		if kind and site.profile ~= "counsellor" then
			for _, name in ipairs(kind.withheld or {}) do one[name] = nil end
		end
		one.group = group_of(value, one)
	end
	data = value
	return data
end

-- ## Opening hours

-- "mo-fr 08:00-12:00" as the stretches of a week { first minute, minutes }, local time from Monday on; nil: it is none.
local function stretches (text)
	local first, last, h1, m1, h2, m2 = string.match(string.lower(text), "^(%a%a)%-?(%a?%a?) (%d%d):(%d%d)%-(%d%d):(%d%d)$")
	local day, to = DAYS[first], DAYS[last == "" and first or last]
	if not day or not to then return nil end
	local from, till = tonumber(h1) * 60 + tonumber(m1), tonumber(h2) * 60 + tonumber(m2)
	if from > DAY or till > DAY or tonumber(m1) > 59 or tonumber(m2) > 59 then return nil end
	local list, minutes = {}, till > from and till - from or till - from + DAY
	for i = 0, (to - day) % 7 do list[#list + 1] = { (day + i) % 7 * DAY + from, minutes } end
	return list
end

-- The same for a script, by the clock of Greenwich: "180+240 420+240"; nil where hours or the distance from Greenwich are not known.
local function week (one)
	local country = data.country[one.country]
	local utc, list = one.utc or country and country.utc, {}
	if not utc then return nil end
	for _, line in ipairs(listed(one.hours)) do
		for _, part in ipairs(stretches(line) or {}) do
			list[#list + 1] = string.format("%d+%d", (part[1] - utc * 60) // 1 % WEEK, part[2])
		end
	end
	return #list > 0 and table.concat(list, " ") or nil
end

-- "mo-fr 08:00-12:00" in words: "Пн–Пт 08:00–12:00".
local function hours_said (line, lang)
	local days, times = string.match(line, "^(%S+) (%S+)$")
	if not days then return line end
	days = string.gsub(string.lower(days), "%a+", function (day) return DAYS[day] and t_in(lang, "centres_" .. day) or day end)
	return (string.gsub(days .. " " .. times, "%-", "–"))
end

-- ## Drawings

-- Where the name of a town fits beside its dot without lying on another one; nil: nowhere.
local function room (x, y, words, taken, wide)
	local w, h = utf8.len(words) * 7, 11
	for _, try in ipairs({ { x + 6, y - 5 }, { x - 6 - w, y - 5 }, { x - w / 2, y - 17 }, { x - w / 2, y + 6 } }) do
		local left, top, free = try[1], try[2], try[1] >= 0 and try[1] + w <= wide and try[2] >= 0
		for _, box in ipairs(taken) do
			if left < box[1] + box[3] and box[1] < left + w and top < box[2] + box[4] and box[2] < top + h then free = false end
		end
		if free then
			taken[#taken + 1] = { left, top, w, h }
			return left, top
		end
	end
end

-- The towns of CENTRES that lie on the drawing MAP: { name, x, y }, each once.
local function towns_of (centres, map, lang)
	local list, seen = {}, {}
	for _, one in ipairs(centres) do
		local name, at = text_of(one.city, lang), one.location
		if at and not seen[name] then
			local x, y = (at[2] - map.west) * map.x_per_degree, (map.north - at[1]) * map.y_per_degree
			if x > 0 and x < map.width and y > 0 and y < map.height then
				seen[name] = true
				list[#list + 1] = { name = name, x = x, y = y }
			end
		end
	end
	return list
end

-- The outlines on a light ground, with dots and names that are dark in both schemes.
local function drawing (centres, map, lang)
	local towns, taken, marks, names = towns_of(centres, map, lang), {}, {}, {}
	if #towns == 0 then return nil end
	for i, town in ipairs(towns) do
		taken[i] = { town.x - 4, town.y - 4, 8, 8 }
		names[i] = town.name
		marks[i] = string.format('<circle cx="%.1f" cy="%.1f" r="4" fill="#a3122f"/>', town.x, town.y)
	end
	for _, town in ipairs(towns) do
		local left, top = room(town.x, town.y, town.name, taken, map.width)
		if left then marks[#marks + 1] = string.format('<text x="%.1f" y="%.1f" font-size="11" fill="#152238">%s</text>', left, top + 9, escape(town.name)) end
	end
	local ground = string.format('<rect width="%d" height="%d" fill="#f6f8fa"/>', map.width, map.height)
	local outlines = string.gsub(site.read(map.file), "<!%-%-.-%-%->", "")
	outlines = string.gsub(outlines, "(<svg[^>]*>)", function (tag) return tag .. ground end, 1)
	outlines = string.gsub(outlines, "</svg>%s*$", function () return table.concat(marks) .. "</svg>" end)
	return { "figure", svg = outlines, alt = t_in(lang, "centres_map", { names = table.concat(names, ", ") }) }
end

-- ## The block

-- The centres that a block asks for; no sensitive ones. With a map and no country: those of the map's countries.
local function chosen (args)
	local list, shown = {}, nil
	if args.map and not args.country then
		shown = {}
		for _, country in ipairs(data.map[args.map].countries or {}) do shown[country] = true end
	end
	for _, one in ipairs(data.centres or {}) do
		local serves = not args.service
		for _, service in ipairs(one.services or {}) do serves = serves or service == args.service end
		local kind = data.kind[one.kind]
		if serves and kind and not kind.sensitive and (not args.kind or one.kind == args.kind)
		and (not args.province or one.province == args.province) and (not args.country or one.country == args.country)
		and (not shown or shown[one.country]) then
			list[#list + 1] = one
		end
	end
	return list
end

local function link (one, lang)
	return "[" .. plain(text_of(one.name, lang)) .. "](/" .. SECTION .. "/" .. one.group .. "#" .. one.key .. ")"
end

-- The town behind a name that does not say it.
local function town (one, lang)
	local city = text_of(one.city, lang)
	return city ~= "" and not string.find(text_of(one.name, lang), city, 1, true) and ", " .. plain(city) or ""
end

local function phones (one)
	local list = {}
	for _, number in ipairs(listed(one.phone)) do list[#list + 1] = "[**" .. phone(number) .. "**](tel:" .. tel(number) .. ")" end
	return table.concat(list, ", ")
end

-- What the script needs: its words, and on a page of headings the hours of each (`open`).
local function controls (list, lang, open)
	local words, kinds, seen, weeks = {}, {}, {}, {}
	for _, name in ipairs({ "open", "closed", "km", "nowhere" }) do words[#words + 1] = ' data-' .. name .. '="' .. escape(t_in(lang, "centres_" .. name)) .. '"' end
	for _, one in ipairs(list) do
		local hours = week(one)
		if hours then weeks[#weeks + 1] = one.key .. ":" .. hours end
		if not seen[one.kind] then
			seen[one.kind] = true
			kinds[#kinds + 1] = '<option value="' .. one.kind .. '">' .. escape(text_of(data.kind[one.kind].name, lang)) .. "</option>"
		end
	end
	local head = '<div class="near" hidden' .. table.concat(words)
	if open then return head .. ' data-hours="' .. table.concat(weeks, ";") .. '" data-uses="label clock"></div>' end
	return head .. ' data-uses="label clock"><p><label>' .. escape(t_in(lang, "centres_kind")) .. '<br><select><option value="">' .. escape(t_in(lang, "centres_all"))
		.. "</option>" .. table.concat(kinds) .. '</select></label></p><p><button type="button">' .. escape(t_in(lang, "centres_nearest"))
		.. '</button></p><p class="soft" role="status">' .. escape(t_in(lang, "centres_stays")) .. "</p></div>"
end

-- ```centres province=sughd kind=bank map=provinces
local function block (args, _, page)
	local lang, rows, known, tree = page.lang, {}, {}, {}
	if not read() then return "" end
	if args.map and not data.map[args.map] then error("no map '" .. args.map .. "': 'maps' of " .. FILE .. " has their keys") end
	local list = chosen(args)
	if args[1] == "open" then return { web = controls(list, lang, true), script = "centres.js", style = "centres.css" } end
	if #list == 0 then return t_in(lang, "centres_none") end
	if args.map then tree[1] = drawing(list, data.map[args.map], lang) end
	for _, one in ipairs(list) do
		if not one.everywhere then
			rows[#rows + 1] = { link(one, lang) .. town(one, lang) .. (one.phone and " " .. phones(one) or "") }
			known[#known + 1] = { at = one.location and one.location[1] .. " " .. one.location[2] or nil, kind = one.kind, hours = week(one) }
		end
	end
	tree[#tree + 1] = { "table", head = { t_in(lang, "centres_name") }, rows = rows, data = known }
	tree.web, tree.script, tree.style = controls(list, lang, false), "centres.js", "centres.css"
	return tree
end

-- ## Pages

-- A line "- **Label:** value", where there is a value.
local function fact (lines, lang, name, value)
	if value and value ~= "" then add(lines, "- **" .. t_in(lang, "centres_" .. name) .. ":** " .. value) end
end

local function names (keys, of, lang)
	local list = {}
	for _, key in ipairs(keys or {}) do if of[key] then list[#list + 1] = plain(text_of(of[key].name, lang)) end end
	return table.concat(list, ", ")
end

local function map_link (one)
	if not one.location or not one.exact then return nil end
	local at = one.location[1] .. "," .. one.location[2]
	return "[" .. at .. "](geo:" .. at .. ")"
end

-- One centre as a heading and what is known of it.
local function entry (lines, one, lang)
	local hours, tongues = {}, {}
	for _, line in ipairs(listed(one.hours)) do hours[#hours + 1] = hours_said(line, lang) end
	for i, code in ipairs(one.languages or {}) do tongues[i] = t_in(lang, "centres_lang_" .. code) end
	add(lines, "## " .. plain(text_of(one.name, lang)) .. " {#" .. one.key .. "}", "")
	fact(lines, lang, "phone", phones(one))
	fact(lines, lang, "address", plain(text_of(one.address, lang)))
	fact(lines, lang, "town", plain(text_of(one.city, lang)))
	fact(lines, lang, "map_place", map_link(one))
	fact(lines, lang, "hours", table.concat(hours, "; "))
	fact(lines, lang, "email", one.email and "<" .. one.email .. ">")
	fact(lines, lang, "site", one.site and "<" .. one.site .. ">")
	fact(lines, lang, "services", names(one.services, data.service, lang))
	fact(lines, lang, "languages", table.concat(tongues, ", "))
	fact(lines, lang, "ask", plain(text_of(one.ask, lang)))
	if one.page then fact(lines, lang, "more", "[[" .. one.page .. "]]") end
	add(lines, "")
end

-- The groups that have a page, in the order of the table: provinces, countries, sensitive kinds.
local function groups ()
	local of, list = {}, {}
	for _, one in ipairs(data.centres or {}) do
		if one.group and not one.everywhere then
			of[one.group] = of[one.group] or {}
			table.insert(of[one.group], one)
		end
	end
	for _, name in ipairs({ "provinces", "countries", "kinds" }) do
		for _, place in ipairs(data[name] or {}) do
			if of[place.key] then list[#list + 1] = { place = place, of = name, centres = of[place.key] } end
		end
	end
	return list
end

local function group_page (group, lang, weight)
	local lines, place = {}, group.place
	for _, one in ipairs(group.centres) do entry(lines, one, lang) end
	if not place.sensitive then add(lines, "```" .. SECTION .. " open " .. (group.of == "provinces" and "province=" or "country=") .. place.key, "```") end
	return {
		key = SECTION .. "/" .. place.key, lang = lang, from = place, title = text_of(place.name, lang), body = table.concat(lines, "\n"),
		weight = weight, sensitive = place.sensitive, status = data.status,
	}
end

local function front_page (lang)
	local lines = { t_in(lang, "centres_intro"), "" }
	local everywhere = {}
	for _, one in ipairs(data.centres or {}) do
		if one.everywhere and one.phone then everywhere[#everywhere + 1] = "- " .. phones(one) .. " " .. plain(text_of(one.name, lang)) end
	end
	if #everywhere > 0 then
		add(lines, "## " .. t_in(lang, "centres_everywhere"), "", table.concat(everywhere, "\n"), "")
		add(lines, "[" .. t_in(lang, "centres_contacts") .. "](/" .. lang .. "/" .. SECTION .. "/contacts.vcf)", "")
	end
	local map = (data.maps or {})[1]
	add(lines, map and "## " .. plain(text_of(map.name, lang)) or "", "", "```" .. SECTION .. (map and " map=" .. map.key or ""), "```", "")
	return { key = SECTION, lang = lang, title = t_in(lang, "centres_title"), description = t_in(lang, "centres_description"), body = table.concat(lines, "\n"), status = data.status }
end

local function map_page (map, lang, weight)
	return {
		key = SECTION .. "/" .. map.key, lang = lang, from = map, title = text_of(map.name, lang), weight = weight, status = data.status,
		body = "```" .. SECTION .. " map=" .. map.key .. "\n```",
	}
end

local function pages (site)
	local made = {}
	if not read() or #(data.centres or {}) == 0 then return nil end
	for language in each(site.languages) do
		made[#made + 1] = front_page(language.code)
		for i, group in ipairs(groups()) do made[#made + 1] = group_page(group, language.code, i + #(data.maps or {})) end
		for i = 2, #(data.maps or {}) do made[#made + 1] = map_page(data.maps[i], language.code, i) end
	end
	return made
end

-- ## Cards for the phone's contacts (vCard 3.0, RFC 2426)

local function card (one, lang)
	local name, lines = text_of(one.name, lang), { "BEGIN:VCARD", "VERSION:3.0" }
	add(lines, { "N", name, "", "", "", "" }, { "FN", name }, { "ORG", name })
	for _, number in ipairs(listed(one.phone)) do add(lines, { "TEL;TYPE=WORK,VOICE", tel(number) }) end
	add(lines, { "EMAIL", one.email or "" })
	if one.address then add(lines, { "ADR;TYPE=WORK", "", "", text_of(one.address, lang), text_of(one.city, lang), "", "", "" }) end
	if one.exact and one.location then add(lines, { "GEO", one.location[1], one.location[2] }) end
	add(lines, one.site and "URL:" .. one.site, "END:VCARD")
	return content_lines(lines)
end

-- A card for whoever can be called or visited, and one file of all. Sensitive ones have none: a phone's contacts are seen by others.
local function files (site)
	local made = {}
	if not read() then return nil end
	for language in each(site.languages) do
		local lang, all = language.code, {}
		for _, one in ipairs(chosen({})) do
			if one.phone or one.email or one.address then
				all[#all + 1] = card(one, lang)
				made[#made + 1] = { path = lang .. "/" .. SECTION .. "/" .. one.key .. ".vcf", body = all[#all] }
			end
		end
		if #all > 0 then made[#made + 1] = { path = lang .. "/" .. SECTION .. "/contacts.vcf", body = table.concat(all) } end
	end
	return made
end

-- ## What is wrong in the table

local function check_one (one, tell)
	local function wrong (id, message, hint) tell { id = id, severity = "error", at = one, message = message, hint = hint } end
	local function known (name, plural)
		if one[name] and not data[name][one[name]] then wrong("unknown", "no " .. name .. " '" .. tostring(one[name]) .. "'", "'" .. plural .. "' has their keys") end
	end
	known("kind", "kinds")
	known("province", "provinces")
	known("country", "countries")
	for _, key in ipairs(one.services or {}) do
		if not data.service[key] then wrong("unknown", "no service '" .. tostring(key) .. "'", "'services' has their keys") end
	end
	for _, line in ipairs(listed(one.hours)) do
		if not stretches(line) then wrong("hours", "'" .. tostring(line) .. "' are no opening hours", "write them as mo-fr 08:00-12:00") end
	end
	local at = one.location
	if at and not (tonumber(at[1]) and tonumber(at[2]) and math.abs(at[1]) <= 90 and math.abs(at[2]) <= 180) then
		wrong("location", "'location' must be latitude and longitude, as [38.56, 68.78]")
	end
	for _, number in ipairs(listed(one.phone)) do
		if #tel(number) > 4 and not one.checked then wrong("unchecked", "the number " .. number .. " has no 'checked'", "call it, then write the day: checked: 2026-11-22") end
	end
	if not one.group then wrong("nowhere", "a centre needs a province or a country") end
end

local function check (_, tell)
	if not read() then return end
	for _, one in ipairs(data.centres or {}) do check_one(one, tell) end
end

return { pages = pages, blocks = { [SECTION] = block }, files = files, check = check }
