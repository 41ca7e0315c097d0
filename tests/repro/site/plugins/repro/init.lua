-- repro: what differs between machines where a program is careless: the order of keys, random numbers, the last digit of a sine.
local function keys ()
	local seen, found = {}, {}
	for i = 1, 40 do seen["k" .. (i * 7919 % 101)] = i end
	for key, value in pairs(seen) do found[#found + 1] = key .. "=" .. value end
	return table.concat(found, ", ")
end

local function numbers ()
	local list = {}
	for i = 1, 30 do
		list[#list + 1] = string.format("%.17g %.17g %.17g %s", math.sin(i * 1.1), math.exp(i / 7), math.log(i * 3.7), tostring(math.random(1000000)))
	end
	return list
end

local function drawing (n)
	local points = {}
	for i = 0, 60 do
		points[#points + 1] = string.format("%.9f,%.9f", 50 + 40 * math.cos(i * n / 9), 50 + 40 * math.sin(i * n / 7))
	end
	return { "figure", alt = "A curve", svg = svg.el("svg", { viewBox = "0 0 100 100", width = 100, height = 100 },
		svg.el("polyline", { points = table.concat(points, " "), fill = "none", stroke = "#000" })) }
end

return {
	pages = function ()
		local made = {}
		for language in each(site.languages) do
			made[#made + 1] = { key = "made", lang = language.code, title = "Made", body = keys() .. "\n\n- " .. table.concat(numbers(), "\n- ") .. "\n" }
		end
		return made
	end,
	blocks = { ["repro"] = function (text) return drawing(tonumber(text) or 3) end },
}
