import ArgumentParser
@main struct Zonetop: ParsableCommand { func run() {} }
