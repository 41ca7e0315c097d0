-- events: the calendar of a centre.
--
-- In: data/events.yaml (its head explains it). Out: the page events/, with what is ahead and the days that return every year; the block
-- ```events; calendar files (iCalendar). What ended before the day of the build is nowhere; after that a row goes by the phone's own clock.

local FILE, SECTION = "data/events.yaml", "events"
local HOUR, DAY = 3600, 86400
local WEEKDAYS = { [0] = "su", "mo", "tu", "we", "th", "fr", "sa" }

local data -- the file's table, for all below; nil: the site has none

local function read ()
	data = site.table(FILE)
	return data
end

-- A time of the table is seconds by the calendar's own clock; the same moment by the clock of Greenwich.
local function moment (seconds)
	return seconds - (data.utc or 0) * HOUR
end

-- "12-18" as month and day; nil: it is none.
local function month_day (text)
	local month, day = string.match(tostring(text or ""), "^(%d%d)%-(%d%d)$")
	month, day = tonumber(month), tonumber(day)
	if month and month >= 1 and month <= 12 and day >= 1 and day <= 31 then return month, day end
end

local function sound (one)
	return type(one.start) == "number" and type(one["end"]) == "number" and one["end"] > one.start
end

-- Meetings that have not ended, the next one first.
local function ahead (args)
	local list = {}
	for _, one in ipairs(data.events or {}) do
		if sound(one) and moment(one["end"]) > site.now
		and (not args.kind or one.kind == args.kind) and (not args.province or one.province == args.province) then list[#list + 1] = one end
	end
	table.sort(list, function (a, b)
		if a.start ~= b.start then return a.start < b.start end
		return a.key < b.key
	end)
	return list
end

-- Days that return, from January on.
local function yearly ()
	local list = {}
	for _, one in ipairs(data.events or {}) do if month_day(one.day) then list[#list + 1] = one end end
	table.sort(list, function (a, b)
		if a.day ~= b.day then return a.day < b.day end
		return a.key < b.key
	end)
	return list
end

-- ## Tables

local function clock (seconds)
	return string.format("%02d:%02d", seconds // HOUR % 24, seconds // 60 % 60)
end

-- "сб 16.01.2027, 10:00–11:30"; the second day is named where there is one.
local function when (one, lang)
	local function day (seconds) return t_in(lang, "events_" .. WEEKDAYS[(seconds // DAY + 4) % 7]) .. " " .. date(seconds, "short") end
	local from, to = one.start, one["end"]
	if from // DAY == to // DAY then return day(from) .. ", " .. clock(from) .. "–" .. clock(to) end
	return day(from) .. ", " .. clock(from) .. " – " .. day(to) .. ", " .. clock(to)
end

-- Sentences of one line, each with its own end.
local function sentence (text)
	return text ~= "" and (string.find(text, "[.!?…]$") and text or text .. ".") or nil
end

local function row (one, lang)
	local title, month, day = plain(text_of(one.title, lang)), month_day(one.day)
	local parts = { "**" .. (month and string.format("%02d.%02d", day, month) or when(one, lang)) .. "**" }
	parts[2] = one.cancelled and "~~" .. title .. "~~. **" .. t_in(lang, "events_cancelled") .. "**" or sentence(title)
	for _, text in ipairs({ text_of(one.place, lang), text_of(one.text, lang), one.cancelled and "" or text_of(one.register, lang) }) do
		add(parts, sentence(plain(text)))
	end
	if one.page then parts[#parts + 1] = "[[" .. one.page .. "]]." end
	if not one.cancelled then parts[#parts + 1] = "[" .. t_in(lang, "events_calendar") .. "](/" .. lang .. "/" .. SECTION .. "/" .. one.key .. ".ics)" end
	return table.concat(parts, " ")
end

-- ```events kind=lesson province=sughd limit=3, and ```events yearly
local function block (args, _, page)
	local lang, rows, ends = page.lang, {}, {}
	if not read() then return "" end
	local list = args[1] == "yearly" and yearly() or ahead(args)
	if #list == 0 then return t_in(lang, "events_none") end
	for i = 1, math.min(tonumber(args.limit) or #list, #list) do
		local one = list[i]
		rows[i] = { row(one, lang) }
		ends[i] = { expires = one["end"] and date(moment(one["end"]), "iso") .. "T" .. clock(moment(one["end"])) .. "Z" or nil }
	end
	return { { "table", head = { t_in(lang, "events_what") }, rows = rows, data = ends } }
end

local function pages (site)
	local made = {}
	if not read() or #(data.events or {}) == 0 then return nil end
	for language in each(site.languages) do
		local lang = language.code
		local lines = { t_in(lang, "events_intro"), "", "```" .. SECTION, "```", "", "[" .. t_in(lang, "events_all") .. "](/" .. lang .. "/" .. SECTION .. "/calendar.ics)", "" }
		if #yearly() > 0 then lines[#lines + 1] = "## " .. t_in(lang, "events_yearly") .. "\n\n```" .. SECTION .. " yearly\n```" end
		made[#made + 1] = {
			key = SECTION, lang = lang, title = t_in(lang, "events_title"), description = t_in(lang, "events_description"),
			body = table.concat(lines, "\n"), status = data.status,
		}
	end
	return made
end

-- ## Calendars (iCalendar, RFC 5545)

local function stamp (seconds)
	return string.gsub(date(seconds, "iso"), "-", "") .. "T" .. string.gsub(clock(seconds), ":", "") .. "00Z"
end

-- One event, as lines. A day that returns begins in 2020: the rule says the rest. DTSTAMP must be there and must not change from build to build.
local function event (one, lang)
	local lines = { "BEGIN:VEVENT", "UID:" .. one.key .. "@" .. (string.match(site.base_url or "", "//([^/]+)") or SECTION) }
	local month, day = month_day(one.day)
	if month then
		local first = string.format("2020%02d%02d", month, day)
		add(lines, "DTSTAMP:" .. first .. "T000000Z", "DTSTART;VALUE=DATE:" .. first, "RRULE:FREQ=YEARLY")
	else
		local from = stamp(moment(one.start))
		add(lines, "DTSTAMP:" .. from, "DTSTART:" .. from, "DTEND:" .. stamp(moment(one["end"])))
	end
	local about = string.gsub(text_of(one.text, lang) .. " " .. text_of(one.register, lang), "%s+$", "")
	add(lines, { "SUMMARY", text_of(one.title, lang) }, { "LOCATION", text_of(one.place, lang) }, { "DESCRIPTION", about })
	add(lines, one.cancelled and "STATUS:CANCELLED", "END:VEVENT")
	return content_lines(lines)
end

local function calendar (events)
	return content_lines { "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Rohnamo//events//" } .. events .. content_lines { "END:VCALENDAR" }
end

local function files (site)
	local made = {}
	if not read() or #(data.events or {}) == 0 then return nil end
	for language in each(site.languages) do
		local lang, all = language.code, {}
		for _, list in ipairs({ ahead({}), yearly() }) do
			for _, one in ipairs(list) do
				all[#all + 1] = event(one, lang)
				made[#made + 1] = { path = lang .. "/" .. SECTION .. "/" .. one.key .. ".ics", body = calendar(all[#all]) }
			end
		end
		made[#made + 1] = { path = lang .. "/" .. SECTION .. "/calendar.ics", body = calendar(table.concat(all)) }
	end
	return made
end

-- ## What is wrong in the table

local function check (_, tell)
	local kinds = {}
	if not read() then return end
	for _, kind in ipairs(data.kinds or {}) do kinds[kind.key] = true end
	for _, one in ipairs(data.events or {}) do
		if one.kind and not kinds[one.kind] then
			tell { id = "unknown", severity = "error", at = one, message = "no kind '" .. tostring(one.kind) .. "'", hint = "'kinds' has their keys" }
		end
		if one.day and not month_day(one.day) then
			tell { id = "day", severity = "error", at = one, message = "'" .. tostring(one.day) .. "' is no day of a year", hint = 'write month and day: "12-18"' }
		elseif not one.day and not sound(one) then
			tell { id = "time", severity = "error", at = one, message = "'start' and 'end' must be times, the end after the start", hint = "write them as 2027-01-16 10:00, without quotes" }
		end
	end
end

return { pages = pages, blocks = { [SECTION] = block }, files = files, check = check }
