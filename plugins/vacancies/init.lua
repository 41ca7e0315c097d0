-- vacancies: the open vacancies as a list with filters, as tables in other pages, as a sheet to print, and a feed a country.
--
-- In: the pages of the type "vacancies" (country, city, occupation, salary, housing, language), data/vacancies.csv, which makes more of them, and
-- data/rates.yaml (its head explains it). Out: those pages, vacancies/by-country and vacancies-sheet in each language, the block ```vacancies.
-- What is expired or not published is not in the library, so it is in none of them.

local TYPE, ROWS, RATES = "vacancies", "data/vacancies.csv", "data/rates.yaml"
local EMPLOYER = "lists/employer" -- the page that says how to check an employer; without it nothing leads there
local DAY, SHEET = 86400, 30 -- seconds; how many vacancies a sheet of paper holds

-- What a salary comes to: the upper end of a range, a month's worth of it.
local MONTHS = { hour = 1 / 168, day = 1 / 22, week = 12 / 52, month = 1, year = 12 }

local function monthly (salary)
	if type(salary) ~= "table" then return 0 end
	return (salary.to or salary.amount or salary.from or 0) / (MONTHS[salary.per or "month"] or 1)
end

-- An empty cell of the table is as none.
local function filled (value)
	return value ~= "" and value or nil
end

local function read () return site.has(ROWS) and site.csv(ROWS) or {} end

-- ## The second currency

local rates -- by currency; read once by each copy of the plugin

local function rate_of (currency)
	if not rates then
		rates = { file = site.table(RATES) or {} }
		for _, rate in ipairs(rates.file.rates or {}) do rates[rate.currency] = rate.value and rate.date and rate end
	end
	return rates[currency]
end

-- The salary in the base currency, with the rate's date; nil where nobody took a rate.
local function second (salary, lang)
	local rate = type(salary) == "table" and rate_of(salary.currency)
	if not rate then return nil end
	local function of (sum)
		return sum and math.floor(sum * rate.value / (rate.unit or 1) + 0.5)
	end
	local sum = { amount = of(salary.amount), from = of(salary.from), to = of(salary.to), currency = rates.file.base, per = salary.per }
	return t_in(lang, "vacancies_about", { sum = money(sum), date = date(rate.date, "short") })
end

-- ## The pages

local function page_of_row (row, lang, there)
	local function number_of (name) return tonumber(row[name]) or filled(row[name]) end
	local salary = (filled(row.salary_from) or filled(row.salary_to)) and { currency = row.currency, per = filled(row.per) or "month" }
	if salary and filled(row.salary_from) and filled(row.salary_to) then
		salary.from, salary.to = number_of("salary_from"), number_of("salary_to")
	elseif salary then
		salary.amount = number_of("salary_from") or number_of("salary_to")
	end
	local related = {}
	for _, key in ipairs({ EMPLOYER, "contracts/labour-contract" }) do related[#related + 1] = there[key] and key end
	local own = row.key and TYPE .. "/" .. row.key
	return {
		key = own, lang = lang, from = row, title = row["title_" .. lang], body = row["text_" .. lang] or "", related = related,
		employer = filled(row["employer_" .. lang]), city = filled(row["city_" .. lang]),
		country = filled(row.country), occupation = filled(row.occupation), salary = salary or nil, language = filled(row.language),
		housing = row.housing == "yes" or row.housing ~= "no" and filled(row.housing) or false,
		start = filled(row.start), date = filled(row.date), expiryDate = filled(row.expiryDate), status = filled(row.status),
		search = filled(row.status) ~= "draft",
		contact_phone = filled(row.contact_phone), contact_email = filled(row.contact_email),
	}
end

local function pages (site)
	local rows, there, any, made = read(), {}, false, {}
	for page in each(site.all_pages) do
		there[page.key] = true
		any = any or page.type.name == TYPE and page.kind == "content"
	end
	if #rows == 0 and not any then return nil end
	for language in each(site.languages) do
		local lang = language.code
		for _, row in ipairs(rows) do
			if filled(row.key) and filled(row["title_" .. lang]) then made[#made + 1] = page_of_row(row, lang, there) end
		end
		made[#made + 1] = {
			key = TYPE .. "/by-country", lang = lang, layout = "vacancies:by-country",
			title = t_in(lang, "vacancies_by_country"), description = t_in(lang, "vacancies_by_country_text"),
		}
		made[#made + 1] = { key = "vacancies-sheet", lang = lang, search = false, title = t_in(lang, "vacancies_sheet"), body = "```vacancies sheet\n```\n" }
	end
	return made
end

-- ## The vacancies, once the library is frozen

local keys -- of all of them; found once by each copy of the plugin

-- By currency, then the best paid first; the key decides between equals, so that the order never depends on anything else.
local function better (a, b)
	local one, other = a.salary and a.salary.currency or "~", b.salary and b.salary.currency or "~"
	if one ~= other then return one < other end
	if a.pay ~= b.pay then return a.pay > b.pay end
	return a.key < b.key
end

-- Those of the language of the page that is being made, sorted; COUNTRY, OCCUPATION: nil is any.
local function list_of (country, occupation)
	if not keys then
		local seen = {}
		keys = {}
		for page in each(site.all_pages) do
			if page.type.name == TYPE and page.kind == "content" and not seen[page.key] then
				seen[page.key], keys[#keys + 1] = true, page.key
			end
		end
	end
	local list = {}
	for _, key in ipairs(keys) do
		local page = page_by_key(key)
		local one = page and { key = key, page = page, country = page.field("country"), occupation = page.field("occupation"), salary = page.field("salary") }
		if one and (not country or one.country and one.country.key == country) and (not occupation or one.occupation and one.occupation.key == occupation) then
			one.pay, one.city, one.housing, one.language = monthly(one.salary), page.field("city"), page.field("housing"), page.field("language")
			list[#list + 1] = one
		end
	end
	table.sort(list, better)
	return list
end

-- Lists by country: the country with most vacancies first.
local function by_country (list)
	local groups, of = {}, {}
	for _, one in ipairs(list) do
		local key = one.country and one.country.key or "other"
		if not of[key] then
			of[key] = { key = key, label = one.country and one.country.label or "–", list = {} }
			groups[#groups + 1] = of[key]
		end
		table.insert(of[key].list, one)
	end
	table.sort(groups, function (a, b)
		if #a.list ~= #b.list then return #a.list > #b.list end
		return a.key < b.key
	end)
	return groups
end

-- ## The block ```vacancies country=ru occupation=builder limit=3

local function pay_of (one, lang)
	local words = { plain(money(one.salary) or "–") }
	words[#words + 1] = second(one.salary, lang)
	if one.housing then words[#words + 1] = plain(t_in(lang, "vacancies_with_housing")) end
	return table.concat(words, "; ")
end

local function link_to (one)
	return "[" .. plain(one.page.title) .. "](/" .. one.key .. ")"
end

local function employer_line (lang)
	return page_by_key(EMPLOYER) and t_in(lang, "vacancies_check") .. " [[" .. EMPLOYER .. "]]" or nil
end

-- A row of the sheet has all that a reader without a phone needs.
local function sheet_row (one, lang)
	local page, about, pay = one.page, { link_to(one) }, { pay_of(one, lang) }
	for _, text in ipairs({ page.field("employer") or "", one.city or "" }) do about[#about + 1] = text ~= "" and plain(text) or nil end
	if page.expires then pay[#pay + 1] = plain(t_in(lang, "vacancies_until", { date = date(page.expires, "short") })) end
	local number = page.field("contact_phone")
	if number then pay[#pay + 1] = "[" .. phone(number) .. "](tel:" .. tel(number) .. ")" end
	return { table.concat(about, ", "), table.concat(pay, "; ") }
end

local function sheet (lang)
	local list, monday = list_of(), site.now - (math.floor(site.now / DAY) + 3) % 7 * DAY
	local tree = { { "paragraph", t_in(lang, "vacancies_week", { from = date(monday, "short"), to = date(monday + 6 * DAY, "short") }) } }
	tree[#tree + 1] = employer_line(lang) and { "callout", kind = "warning", title = t_in(lang, "vacancies_warning"), employer_line(lang) }
	if #list == 0 then tree[#tree + 1] = t_in(lang, "vacancies_none") end
	local some = {}
	for i = 1, math.min(SHEET, #list) do some[i] = list[i] end
	for _, group in ipairs(by_country(some)) do
		local rows = {}
		for i, one in ipairs(group.list) do rows[i] = sheet_row(one, lang) end
		tree[#tree + 1] = { "heading", plain(group.label) }
		tree[#tree + 1] = { "table", head = { t_in(lang, "vacancies_job"), t_in(lang, "vacancies_salary") }, rows = rows }
	end
	if #list > SHEET then tree[#tree + 1] = { "paragraph", t_in(lang, "vacancies_more", { n = #list - SHEET }) } end
	return tree
end

local function block (args, _, page)
	local lang, rows = page.lang, {}
	if args[1] == "sheet" then return sheet(lang) end
	local list = list_of(args.country and string.lower(args.country), args.occupation)
	if #list == 0 then return t_in(lang, "vacancies_none") end
	for i = 1, math.min(tonumber(args.limit) or 10, #list) do
		local one = list[i]
		rows[i] = { link_to(one), plain(one.city or one.country and one.country.label or "–"), pay_of(one, lang) }
	end
	local tree = { { "table", head = { t_in(lang, "vacancies_job"), t_in(lang, "vacancies_place"), t_in(lang, "vacancies_salary") }, rows = rows } }
	tree[2] = employer_line(lang) and { "paragraph", employer_line(lang) }
	return tree
end

-- ## Feeds and rules

local function feeds (site)
	local made, of = {}, {}
	for page in each(site.all_pages) do
		local country = page.type.name == TYPE and page.kind == "content" and page.field("country")
		if country then
			local path = page.lang .. "/" .. TYPE .. "/" .. slug(country.key) .. ".xml"
			if not of[path] then
				of[path] = { path = path, lang = page.lang, title = t_in(page.lang, "vacancies_feed", { country = country.label }), pages = {}, page = TYPE .. "/by-country" }
				made[#made + 1] = of[path]
			end
			table.insert(of[path].pages, page)
		end
	end
	return made
end

-- What a row says wrongly is told by the press, at its line; a row of which no page can be made is told here.
local function check_row (row, tell)
	local titled
	for language in each(site.languages) do titled = titled or filled(row["title_" .. language.code]) end
	if not filled(row.key) or not titled then
		tell { id = "row", severity = "error", at = row, message = "a vacancy without a key, or without a title in any language", hint = "fill in 'key' and 'title_<language>'" }
	end
end

local function check (site, tell)
	for _, row in ipairs(read()) do check_row(row, tell) end
	for _, rate in ipairs((site.table(RATES) or {}).rates or {}) do
		if rate.value and not rate.date then
			tell { id = "rate", severity = "error", at = rate, message = "a rate of " .. tostring(rate.currency) .. " without its date is not shown", hint = "write the day on which it was taken: 'date'" }
		elseif rate.value and site.now - rate.date > 30 * DAY then
			tell { id = "rate", at = rate, message = "the rate of " .. tostring(rate.currency) .. " is older than 30 days", hint = "take a new one, or write null" }
		end
	end
end

-- ## What layouts call

-- What a reader can choose by: lists of {key, label} of what the open vacancies have, sorted by label.
local function choices (list, name)
	local found, seen = {}, {}
	for _, one in ipairs(list) do
		local value = one[name]
		local key, label = value and (value.key or value), value and (value.label or value)
		if key and not seen[key] then
			seen[key] = true
			found[#found + 1] = { key = key, label = label }
		end
	end
	table.sort(found, function (a, b) return a.label < b.label end)
	return found
end

-- The currencies of the salaries, as {key, label}; the one of most vacancies first.
local function currencies (list)
	local found, of = {}, {}
	for _, one in ipairs(list) do
		local code = one.salary and one.salary.currency
		if code and not of[code] then
			of[code] = { key = code, count = 0, label = (string.gsub(money({ amount = 5, currency = code }), "^5\u{a0}", "")) }
			found[#found + 1] = of[code]
		end
		if code then of[code].count = of[code].count + 1 end
	end
	table.sort(found, function (a, b)
		if a.count ~= b.count then return a.count > b.count end
		return a.key < b.key
	end)
	return found
end

return {
	pages = pages, blocks = { [TYPE] = block }, feeds = feeds, check = check,
	helpers = {
		list = list_of, by_country = by_country, choices = choices, currencies = currencies, second = second,
		employer = function () return page_by_key(EMPLOYER) end,
	},
}
