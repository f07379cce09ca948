-- wrk: sends posts. A file has a line "path<tab>cookie<tab>form token" for each writer, args[2] is a word that is
-- new in each run. Counts the answers 303: those posts are promised to last.
local writers = {}
local run = ""
local sent = 0
local threads = {}
saved = 0
other = 0
number = 0

local text = "Thank+you+for+writing+this.+It+was+the+same+for+me+in+the+first+weeks%2C+and+what+helped+was+to+" ..
    "write+down+**three+small+things**+each+evening.+Some+days+there+was+only+one%2C+and+that+was+fine+as+" ..
    "well.%0A%0AHow+are+your+mornings+now%3F+I+hope+that+the+new+plan+gives+you+a+bit+more+rest."

function setup(thread)
    threads[#threads + 1] = thread
    thread:set("number", #threads)
end

function init(args)
    run = args[2]
    math.randomseed(number)
    for line in io.lines(args[1]) do
        local path, cookie, token = line:match("^([^\t]*)\t([^\t]*)\t([^\t]*)$")
        writers[#writers + 1] = { path = path, cookie = cookie, token = token }
    end
end

function request()
    sent = sent + 1
    local writer = writers[(sent + number * 31) % #writers + 1]
    local body = "form_token=" .. writer.token .. "&form_key=" .. run .. "-" .. number .. "-" .. sent ..
        "&text=" .. text
    local headers = {
        ["Host"] = wrk.headers["Host"],
        ["Cookie"] = writer.cookie,
        ["Content-Type"] = "application/x-www-form-urlencoded",
    }
    return wrk.format("POST", writer.path, headers, body)
end

function response(status)
    if status == 303 then saved = saved + 1 else other = other + 1 end
end

function done(summary)
    local all_saved, all_other = 0, 0
    for _, thread in ipairs(threads) do
        all_saved = all_saved + thread:get("saved")
        all_other = all_other + thread:get("other")
    end
    print(string.format("posts saved %d other %d seconds %.6f", all_saved, all_other, summary.duration / 1e6))
end
