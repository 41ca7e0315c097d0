-- vacancies: the open vacancies by country, as a page of its own and as a table inside other pages.
--
-- In: the pages of the type "vacancies" (country, city, occupation, salary, housing). Out: vacancies/by-country in each
-- language, and the block ```vacancies. What is expired or not published is not in the library, so it is in neither.

local TYPE = "vacancies"

-- What a salary comes to: the upper end of a range, a month's worth of it. Only amounts in one currency are compared.
local MONTHS = { hour = 1 / 168, day = 1 / 22, week = 12 / 52, month = 1, year = 12 }

local function monthly (salary)
	if type(salary) ~= "table" then return 0 end
	return (salary.to or salary.amount or salary.from or 0) / (MONTHS[salary.per or "month"] or 1)
end

-- The fields of one vacancy, from whichever of its languages has them: shared fields stand in the source language alone.
local function gather (pages)
	local list, by_key = {}, {}
	for page in each(pages) do
		if page.type.name == TYPE and page.kind == "content" then
			local entry = by_key[page.key]
			if not entry then
				entry = { key = page.key }
				by_key[page.key] = entry
				list[#list + 1] = entry
			end
			local country = page.field("country")
			entry.country = entry.country or country and country.key
			entry.salary = entry.salary or page.field("salary")
		end
	end
	return list
end

-- By currency, then the best paid first; the key decides between equals, so that the order never depends on anything else.
local function better (a, b)
	local one, other = a.salary and a.salary.currency or "~", b.salary and b.salary.currency or "~"
	if one ~= other then return one < other end
	one, other = monthly(a.salary), monthly(b.salary)
	if one ~= other then return one > other end
	return a.key < b.key
end

-- Lists of keys by country: the country with most vacancies first.
local function by_country (list)
	local groups, of = {}, {}
	for _, entry in ipairs(list) do
		local country = entry.country or ""
		if not of[country] then
			of[country] = { country = country, list = {} }
			groups[#groups + 1] = of[country]
		end
		local group = of[country].list
		group[#group + 1] = entry
	end
	table.sort(groups, function (a, b)
		if #a.list ~= #b.list then return #a.list > #b.list end
		return a.country < b.country
	end)
	for _, group in ipairs(groups) do
		table.sort(group.list, better)
		group.keys = {}
		for i, entry in ipairs(group.list) do group.keys[i] = entry.key end
		group.list = nil
	end
	return groups
end

local function pages (site)
	local groups, made = by_country(gather(site.all_pages)), {}
	if #groups == 0 then return nil end
	for language in each(site.languages) do
		made[#made + 1] = {
			key = TYPE .. "/by-country", lang = language.code, layout = "vacancies:by-country",
			title = t_in(language.code, "vacancies_by_country"),
			description = t_in(language.code, "vacancies_by_country_text"),
			data = { groups = groups },
		}
	end
	return made
end

-- A cell of a Markdown table: no bar and no line break may end it early.
local function cell (text)
	return (string.gsub(string.gsub(text or "", "%s+", " "), "|", "\\|"))
end

-- ```vacancies country=ru occupation=builder limit=3
local function block (args, _, page)
	local limit, lang, found = tonumber(args.limit) or 10, page.lang, {}
	for p in each(site.all_pages) do
		if p.type.name == TYPE and p.kind == "content" and p.lang == lang then
			local country, occupation = p.field("country"), p.field("occupation")
			if (not args.country or country and country.key == string.lower(args.country))
			and (not args.occupation or occupation and occupation.key == args.occupation) then
				found[#found + 1] = { key = p.key, page = p, salary = p.field("salary"), occupation = occupation, country = country }
			end
		end
	end
	if #found == 0 then return t_in(lang, "vacancies_none") end
	table.sort(found, better)
	local lines = {
		"| " .. t_in(lang, "vacancies_job") .. " | " .. t_in(lang, "vacancies_place") .. " | " .. t_in(lang, "vacancies_salary") .. " |",
		"| --- | --- | --- |",
	}
	for i = 1, math.min(limit, #found) do
		local v = found[i]
		local place = v.page.field("city") or v.country and v.country.label
		lines[#lines + 1] = "| [" .. cell(v.page.title) .. "](/" .. v.key .. ") | " .. cell(place) .. " | " .. cell(money(v.salary)) .. " |"
	end
	return table.concat(lines, "\n")
end

return {
	pages = pages,
	blocks = { [TYPE] = block },
	helpers = {
		-- The vacancies of a group that this language shows, as pages.
		shown = function (keys)
			local list = {}
			for key in each(keys) do
				local page = page_by_key(key)
				if page then list[#list + 1] = page end
			end
			return list
		end,
	},
}
